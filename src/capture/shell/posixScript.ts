import { ansiQuoted } from './ansiQuoted.js';
import { outputOf } from './posixOutput.js';
import { type Pipeline, type ShellCommand, ShellRefusal, type ShellWord } from './shellCommand.js';

/** What a script says, as far as it can be known without running it. */
export interface PosixScript {
  readonly pipelines: readonly Pipeline[];
  readonly notes: readonly string[];
}

const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/y;
const assignment = /^([A-Za-z_]\w*)=/;
const maxDepth = 8;

/** What pages and word processors put in place of what a shell reads; each is three bytes, but the first. */
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

/**
 * The commands of a text, as a POSIX shell or bash divides and unquotes them, with the values of the variables that it sets; nothing is
 * executed. `text` has one character for each byte. Throws a ShellRefusal for what has no end or is of another shell.
 */
export function parseScript(text: string): PosixScript {
  const notes = new Set<string>();
  const reader = new ScriptReader(text, { values: new Map(), notes, depth: 0 });
  return { pipelines: reader.pipelines(null), notes: [...notes] };
}

interface ScriptState {
  readonly values: Map<string, ShellWord>;
  readonly notes: Set<string>;
  readonly depth: number;
}

interface HereDocument {
  readonly end: string;
  readonly isPlain: boolean;
  readonly isIndented: boolean;
  readonly take: (word: ShellWord) => void;
}

class WordBuilder {
  text = '';
  variables: string[] = [];
  refusal: ShellRefusal | null = null;
  word(): ShellWord {
    return { text: this.text, variables: this.variables, refusal: this.refusal };
  }
}

class ScriptReader {
  at = 0;
  private waiting: HereDocument[] = [];

  constructor(
    private readonly text: string,
    private readonly state: ScriptState,
  ) {}

  /** All up to the end, or to `closing` outside of quotes. */
  pipelines(closing: ')' | null): Pipeline[] {
    const done: Pipeline[] = [];
    let commands: ShellCommand[] = [];
    let words: ShellWord[] = [];
    let input: { word: ShellWord } | null = null;
    const endCommand = () => {
      const last = input as { word: ShellWord } | null;
      if (words.length > 0 || last) commands.push(withInput(words, last));
      words = [];
      input = null;
    };
    const endPipeline = () => {
      endCommand();
      if (commands.length > 0) {
        this.assign(commands);
        done.push(commands);
      }
      commands = [];
    };
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      const next = this.text[this.at + 1];
      if (char === ' ' || char === '\t') this.at++;
      else if (char === '\\' && this.lineEndAt(this.at + 1) > 0) this.at += 1 + this.lineEndAt(this.at + 1);
      else if (char === '#') this.skipLine();
      else if (char === '\n' || char === '\r') {
        this.at++;
        if (char === '\n') this.readHereDocuments();
        endPipeline();
      } else if (char === ';') {
        this.at++;
        endPipeline();
      } else if (char === '|') {
        this.at += next === '|' || next === '&' ? 2 : 1;
        if (next === '|') endPipeline();
        else endCommand();
      } else if (char === '&' && next === '>') {
        this.at += this.text[this.at + 2] === '>' ? 3 : 2;
        this.redirect();
      } else if (char === '&') {
        if (next !== '&' && next !== undefined && !/[\s;)]/.test(next)) {
          throw new ShellRefusal('an & without quotes ends the command in a shell. Put the URL in single quotes');
        }
        this.at += next === '&' ? 2 : 1;
        endPipeline();
      } else if (char === ')') {
        if (closing === null) throw ofShell(char);
        this.at++;
        endPipeline();
        return done;
      } else if (char === '<') {
        const found: { word: ShellWord } = { word: unknownWord('its input is not known') };
        input = found;
        this.inputInto(found);
      } else if (char === '>' || (/\d/.test(char) && /^\d+[<>]/.test(this.text.slice(this.at, this.at + 4)))) {
        while (/\d/.test(this.text[this.at]!)) this.at++;
        this.at++;
        if (this.text[this.at] === '>' || this.text[this.at] === '|') this.at++;
        this.redirect();
      } else if (char === '(') throw ofShell(char);
      else words.push(this.word());
    }
    if (closing !== null) throw new ShellRefusal('a $( is never closed. Is it copied whole');
    endPipeline();
    return done;
  }

  /** Passes over where output goes. */
  private redirect(): void {
    if (this.text[this.at] === '&') this.at++;
    this.skipSpaces();
    this.word();
  }

  private inputInto(found: { word: ShellWord }): void {
    if (this.text.startsWith('<<<', this.at)) {
      this.at += 3;
      this.skipSpaces();
      const { text, variables, refusal } = this.word();
      found.word = { text: `${text}\n`, variables, refusal };
    } else if (this.text.startsWith('<<', this.at)) {
      this.at += 2;
      const isIndented = this.text[this.at] === '-';
      if (isIndented) this.at++;
      this.skipSpaces();
      const from = this.at;
      const end = this.word().text;
      const isPlain = /['"\\]/.test(this.text.slice(from, this.at));
      this.waiting.push({
        end,
        isPlain,
        isIndented,
        take: (word) => {
          found.word = word;
        },
      });
    } else if (this.text[this.at + 1] === '(') {
      throw new ShellRefusal('it runs another command in <(…), which is never done here. Put its result there');
    } else {
      this.at++;
      this.skipSpaces();
      const { text } = this.word();
      const path = text.replace(/[^ -~]/g, '?').slice(0, 100);
      found.word =
        text === '/dev/null'
          ? { text: '', variables: [], refusal: null }
          : unknownWord(`its data is in the file ${path}. Put the data into the command with --data-raw`);
    }
  }

  private readHereDocuments(): void {
    for (const { end, isPlain, isIndented, take } of this.waiting) {
      const lines: string[] = [];
      for (;;) {
        if (this.at >= this.text.length) throw new ShellRefusal('a here-document is never closed. Is it copied whole');
        const newline = this.text.indexOf('\n', this.at);
        const raw = this.text.slice(this.at, newline < 0 ? this.text.length : newline);
        this.at = newline < 0 ? this.text.length : newline + 1;
        const line = isIndented ? raw.replace(/^\t+/, '') : raw;
        if (line.replace(/\r$/, '') === end) break;
        lines.push(line);
      }
      // The lines of a script that was saved with CRLF end in LF once it runs.
      const text = lines.map((line) => `${line.replace(/\r$/, '')}\n`).join('');
      take(isPlain ? { text, variables: [], refusal: null } : this.expanded(text));
    }
    this.waiting = [];
  }

  /** A here-document whose end was not quoted: variables have their values, and some characters may be escaped. */
  private expanded(text: string): ShellWord {
    const inner = new ScriptReader(text, this.state);
    const word = new WordBuilder();
    while (inner.at < text.length) inner.inDoubleQuotes(word, /[\\$`\n]/);
    return word.word();
  }

  private word(): ShellWord {
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
        const { value, next, isJoined } = ansiQuoted(text, this.at + 2);
        word.text += value;
        this.at = next;
        if (isJoined) {
          this.state.notes.add(
            'The command writes a character as two halves (\\ud83d\\udc4b), as browsers do; they were joined. bash itself would send other bytes.',
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

  /** One character inside of double quotes or of a here-document, or what it stands for. */
  private inDoubleQuotes(word: WordBuilder, escapable: RegExp): void {
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

  private expansion(word: WordBuilder, isQuoted: boolean): void {
    const { text, state } = this;
    variable.lastIndex = this.at;
    const match = variable.exec(text);
    const next = text[this.at + 1] ?? '';
    if (match) {
      const name = match[1] ?? match[2]!;
      const value = state.values.get(name);
      this.at = variable.lastIndex;
      if (!value) {
        word.text += match[0];
        word.variables.push(name);
        return;
      }
      word.text += value.text;
      word.variables.push(...value.variables);
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

  /** `$(…)`: the output of what only repeats text, such as cat with a here-document. */
  private substitution(word: WordBuilder): void {
    const { depth } = this.state;
    if (depth >= maxDepth) throw new ShellRefusal('its commands are nested too deep');
    const start = this.at + 2;
    const inner = new ScriptReader(this.text, { ...this.state, values: new Map(this.state.values), depth: depth + 1 });
    inner.at = start;
    const pipelines = inner.pipelines(')');
    this.at = inner.at;
    const [only, ...others] = pipelines;
    const output = only && others.length === 0 ? outputOf(only) : null;
    if (!output || output.refusal) {
      word.refusal ??= new ShellRefusal(
        'it runs another command in $(…), which is never done here. Put its result there',
      );
      return;
    }
    word.text += output.text.replace(/\n+$/, '');
    word.variables.push(...output.variables);
  }

  private backticks(word: WordBuilder): void {
    const close = this.text.indexOf('`', this.at + 1);
    if (close < 0)
      throw new ShellRefusal('it runs another command in backticks, which is never done here. Put its result there');
    word.refusal ??= new ShellRefusal(
      'it runs another command in backticks, which is never done here. Put its result there',
    );
    this.at = close + 1;
  }

  /** Sets the variables of a command that is only assignments, or that exports them. */
  private assign(commands: readonly ShellCommand[]): void {
    const [command, ...others] = commands;
    if (!command || others.length > 0) return;
    const first = command.words[0]?.text ?? '';
    const isDeclaration = /^(?:export|readonly|local|declare|typeset)$/.test(first);
    const words = isDeclaration ? command.words.slice(1) : command.words;
    if (!isDeclaration && !words.every(({ text }) => assignment.test(text))) return;
    for (const { text, variables, refusal } of words) {
      const name = assignment.exec(text)?.[1];
      if (name) this.state.values.set(name, { text: text.slice(name.length + 1), variables, refusal });
    }
  }

  private assertPlain(): void {
    const found = typographic.find(([bytes]) => this.text.startsWith(bytes, this.at));
    if (!found) return;
    throw new ShellRefusal(`it has ${found[1]} outside of quotes, as pages have it. Write a plain one in its place`);
  }

  private lineEndAt(at: number): number {
    if (this.text[at] === '\n') return 1;
    return this.text.startsWith('\r\n', at) ? 2 : 0;
  }

  private skipSpaces(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++;
  }

  private skipLine(): void {
    const newline = this.text.indexOf('\n', this.at);
    this.at = newline < 0 ? this.text.length : newline;
  }
}

/** A command; a here-document is read only behind its line, and so the input is looked up when it is asked for. */
function withInput(words: readonly ShellWord[], input: { readonly word: ShellWord } | null): ShellCommand {
  return {
    words,
    get input() {
      return input ? input.word : null;
    },
  };
}

function unknownWord(reason: string): ShellWord {
  return { text: '', variables: [], refusal: new ShellRefusal(reason) };
}

function ofShell(char: string): ShellRefusal {
  return new ShellRefusal(`a ${char} without quotes belongs to the shell. Leave it out, or quote the word`);
}
