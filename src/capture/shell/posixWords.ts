import type { ExpansionBudget } from '../expansionBudget.js';
import { ansiQuoted } from './ansiQuoted.js';
import { ShellRefusal, type ShellWord } from './shellCommand.js';

const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/y;

/** A variable with its replacement where it is not set, in plain text. */
const defaulted = /\$\{([A-Za-z_]\w*)(:?[-=])([^{}$`"'\\\n]{0,1000})\}/y;

/** Characters with which pages and word processors replace those of a shell; each is three bytes, except the first. */
const typographic: readonly (readonly [bytes: string, what: string])[] = [
  ['\u00c2\u00a0', 'a no-break space'],
  ['\u00e2\u0080\u00af', 'a no-break space'],
  ['\u00e3\u0080\u0080', 'an ideographic space'],
  ['\u00e2\u0080\u008b', 'a space of no width'],
  ['\u00e2\u0080\u009c', 'a typographic quote'],
  ['\u00e2\u0080\u009d', 'a typographic quote'],
  ['\u00e2\u0080\u0098', 'a typographic quote'],
  ['\u00e2\u0080\u0099', 'a typographic quote'],
];

/** The state that a script has set so far. */
export interface ScriptState {
  readonly values: Pick<Map<string, ShellWord>, 'get' | 'set'>;
  readonly notes: Set<string>;
  readonly depth: number;
  readonly budget: ExpansionBudget;
}

/** A word as it grows. */
export class WordBuilder {
  text = '';
  readonly variables = new Set<string>();
  refusal: ShellRefusal | null = null;
  word(): ShellWord {
    return { text: this.text, variables: [...this.variables], refusal: this.refusal };
  }
}

/** Reads the words of a script: quotes, escapes and variables. Its caller handles parts that run commands. */
export abstract class PosixWordReader {
  at = 0;

  constructor(
    protected readonly text: string,
    protected readonly state: ScriptState,
  ) {}

  protected word(): ShellWord {
    const word = new WordBuilder();
    const { text } = this;
    while (this.at < text.length) {
      const char = text[this.at]!;
      if (/[\s;|&<>()]/.test(char)) break;
      if (char === '\\') {
        const end = this.lineEndAt(this.at + 1);
        if (end === 0) word.text += text[this.at + 1] ?? '';
        this.at += 1 + (end || 1);
      } else if (char === "'") {
        const close = text.indexOf("'", this.at + 1);
        if (close < 0) throw new ShellRefusal('a single quote is never closed. Is it copied whole');
        word.text += text.slice(this.at + 1, close);
        this.at = close + 1;
      } else if (char === '"') {
        this.at++;
        while (text[this.at] !== '"') {
          if (this.at >= text.length) throw new ShellRefusal('a double quote is never closed. Is it copied whole');
          this.inDoubleQuotes(word, /["\\$`\n]/);
        }
        this.at++;
      } else if (char === '$' && text[this.at + 1] === "'") {
        const { value, next, joined } = ansiQuoted(text, this.at + 2);
        word.text += value;
        this.at = next;
        if (joined.length > 0) {
          const written = joined.length === 1 ? 'a character' : `${joined.length} characters`;
          const shown = `${[...new Set(joined)].slice(0, 3).join(', ')}${new Set(joined).size > 3 ? ', …' : ''}`;
          this.state.notes.add(
            `The command writes ${written} as two halves (${shown}), as browsers do; they were joined. bash itself would send other bytes.`,
          );
        }
      } else if (char === '$' && text[this.at + 1] === '"') {
        word.refusal ??= new ShellRefusal('it holds a translated text, $"…". Write it without the $');
        this.at++;
      } else if (char === '$') this.expansion(word, false);
      else if (char === '`') this.backticks(word);
      else if (char === '{' && /^\{[^\s{}]*(,|\.\.)[^\s]*\}/.test(text.slice(this.at, this.at + 256))) {
        throw new ShellRefusal('braces without quotes are taken apart by a shell. Put the word in single quotes');
      } else {
        if (char > '\u007f') this.assertPlain();
        word.text += char;
        this.at++;
      }
    }
    return word.word();
  }

  /** Reads one character inside of double quotes or a here-document, or the value that it expands to. */
  inDoubleQuotes(word: WordBuilder, escapable: RegExp): void {
    const { text } = this;
    const char = text[this.at]!;
    if (char === '`') this.backticks(word);
    else if (char === '$') this.expansion(word, true);
    else if (char === '\\') {
      const next = text[this.at + 1] ?? '';
      word.text += next === '\n' ? '' : escapable.test(next) ? next : `\\${next}`;
      this.at += 2;
    } else {
      word.text += char;
      this.at++;
    }
  }

  protected expansion(word: WordBuilder, isQuoted: boolean): void {
    const { text, state } = this;
    variable.lastIndex = this.at;
    const match = variable.exec(text);
    const next = text[this.at + 1] ?? '';
    if (this.withDefault(word)) return;
    if (match) {
      const name = match[1] ?? match[2]!;
      const value = state.values.get(name);
      this.at = variable.lastIndex;
      if (!value) {
        word.text += match[0];
        word.variables.add(name);
        return;
      }
      state.budget.spend(value.text.length);
      word.text += value.text;
      for (const each of value.variables) word.variables.add(each);
      word.refusal ??= value.refusal;
      if (!isQuoted && /[\s*?[]/.test(value.text)) {
        word.refusal ??= new ShellRefusal(`$${name} without quotes is divided at its spaces. Write "$${name}"`);
      }
    } else if (next === '(' && text[this.at + 2] !== '(') this.substitution(word);
    else if (/[({0-9@*#?$!-]/.test(next)) {
      word.refusal ??= new ShellRefusal(
        'it holds something of the shell behind a $. Put its value there, or the whole word in single quotes',
      );
      word.text += '$';
      this.at++;
    } else {
      word.text += '$';
      this.at++;
    }
  }

  /** `${NAME:-text}` and `${NAME-text}`: the value that the script sets, or the text. */
  private withDefault(word: WordBuilder): boolean {
    const { text, state } = this;
    defaulted.lastIndex = this.at;
    const [whole, name, sign = '', fallback = ''] = defaulted.exec(text) ?? [];
    if (whole === undefined) return false;
    const value = state.values.get(name!);
    const isSet = value !== undefined && (value.text !== '' || !sign.startsWith(':'));
    this.at = defaulted.lastIndex;
    if (isSet) {
      state.budget.spend(value.text.length);
      word.text += value.text;
      for (const each of value.variables) word.variables.add(each);
      word.refusal ??= value.refusal;
    } else {
      word.text += fallback;
      if (sign.endsWith('=')) state.values.set(name!, { text: fallback, variables: [], refusal: null });
      if (value === undefined)
        state.notes.add(`The script does not set ${name}: the text that it has for that case was read.`);
    }
    return true;
  }

  protected backticks(word: WordBuilder): void {
    const close = this.text.indexOf('`', this.at + 1);
    if (close < 0)
      throw new ShellRefusal('it runs another command in backticks, which is never done here. Put its result there');
    word.refusal ??= new ShellRefusal(
      'it runs another command in backticks, which is never done here. Put its result there',
    );
    this.at = close + 1;
  }

  protected assertPlain(): void {
    const found = typographic.find(([bytes]) => this.text.startsWith(bytes, this.at));
    if (!found) return;
    throw new ShellRefusal(`it has ${found[1]} outside of quotes, as pages have it. Write a plain one in its place`);
  }

  protected lineEndAt(at: number): number {
    if (this.text[at] === '\n') return 1;
    return this.text.startsWith('\r\n', at) ? 2 : 0;
  }

  protected skipSpaces(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++;
  }

  protected skipLine(): void {
    const newline = this.text.indexOf('\n', this.at);
    this.at = newline < 0 ? this.text.length : newline;
  }

  /** Reads `$(…)` into a word. */
  protected abstract substitution(word: WordBuilder): void;
}
