import { ExpansionBudget } from '../expansionBudget.js';
import { outputOf } from './outputOf.js';
import { PosixWordReader, type ScriptState, WordBuilder } from './posixWords.js';
import { type Pipeline, type ShellCommand, ShellRefusal, type ShellWord } from './shellCommand.js';

/** The commands of a script, as far as they are known without running it. */
export interface PosixScript {
  readonly pipelines: readonly Pipeline[];
  readonly notes: readonly string[];
}

/** A prompt that was copied with its command. */
const prompt = /[$%] +(?=\S)/y;
const assignment = /^([A-Za-z_]\w*)(\+?)=/;
const maxDepth = 8;

/**
 * The commands of a text, as a POSIX shell or bash divides and unquotes them, with the values of the variables that it sets; executes nothing. `text`
 * has one character for each byte. Throws a ShellRefusal for a text that is incomplete or of another shell.
 */
export function parseScript(text: string): PosixScript {
  const notes = new Set<string>();
  const budget = new ExpansionBudget((reason) => new ShellRefusal(reason));
  const reader = new ScriptReader(text, { values: new Map(), notes, depth: 0, budget });
  return { pipelines: reader.pipelines(null), notes: [...notes] };
}

interface HereDocument {
  readonly end: string;
  readonly isPlain: boolean;
  readonly isIndented: boolean;
  readonly take: (word: ShellWord) => void;
}

class ScriptReader extends PosixWordReader {
  private waiting: HereDocument[] = [];
  /** The pipelines of `$(…)` in the words of the command that is read. */
  private inner: Pipeline[] = [];

  /** All up to the end, or to `closing` outside of quotes. */
  pipelines(closing: ')' | null): Pipeline[] {
    const done: Pipeline[] = [];
    let commands: ShellCommand[] = [];
    let words: ShellWord[] = [];
    let input: { word: ShellWord } | null = null;
    let groups = 0;
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
        done.push(...this.inner.splice(0), commands);
      }
      commands = [];
    };
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      const next = this.text[this.at + 1];
      if (char === ' ' || char === '\t') this.at++;
      else if ((char === '$' || char === '%') && words.length === 0 && this.passPrompt()) continue;
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
      } else if (char === ')' && groups > 0) {
        this.at++;
        groups--;
        endPipeline();
      } else if (char === ')') {
        if (closing === null) throw shellSyntax(char);
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
      } else if (char === '(' && words.length === 0) {
        this.at++;
        groups++;
      } else if (char === '(' && words.length === 1 && /^\(\)\s*\{/.test(this.text.slice(this.at, this.at + 64))) {
        // The commands of a function are read at its definition.
        this.at += 2;
        words = [];
      } else if (char === '(') throw shellSyntax(char);
      else words.push(this.word());
    }
    if (closing !== null) throw new ShellRefusal('a $( is never closed. Is it copied whole');
    endPipeline();
    return done;
  }

  private passPrompt(): boolean {
    let start = this.at;
    while (this.text[start - 1] === ' ' || this.text[start - 1] === '\t') start--;
    prompt.lastIndex = this.at;
    if ((start > 0 && this.text[start - 1] !== '\n') || !prompt.test(this.text)) return false;
    this.at = prompt.lastIndex;
    return true;
  }

  /** Skips redirections of output. */
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

  /** Reads `$(…)`: the output of commands that only repeat text, such as cat with a here-document. */
  protected override substitution(word: WordBuilder): void {
    const { depth, values, budget } = this.state;
    if (depth >= maxDepth) throw new ShellRefusal('its commands are nested too deep');
    const inner = new ScriptReader(this.text, { ...this.state, values: valuesWithin(values), depth: depth + 1 });
    inner.at = this.at + 2;
    const pipelines = inner.pipelines(')');
    this.at = inner.at;
    this.inner.push(...pipelines);
    const [only, ...others] = pipelines;
    const output = only && others.length === 0 ? outputOf(only) : null;
    if (!output || output.refusal) {
      word.refusal ??= new ShellRefusal(
        'it runs another command in $(…), which is never done here. Put its result there',
      );
      return;
    }
    budget.spend(output.text.length);
    word.text += withoutLineEnds(output.text);
    for (const each of output.variables) word.variables.add(each);
  }

  /** `read -r -d '' NAME` sets a variable to all of its input, without the blanks around it. */
  private assignRead({ words, input }: ShellCommand): void {
    const options = words.slice(1, -1).map(({ text }) => text);
    const name = words.at(-1)!.text;
    if (!input || !/^(?:-r,)?-(?:r?d),(?:,-r)?$/.test(options.join(',')) || !/^[A-Za-z_]\w*$/.test(name)) return;
    this.state.values.set(name, { ...input, text: input.text.replace(/^[ \t\n]+|[ \t\n]+$/g, '') });
  }

  /** Sets the variables of a command that is only assignments, or that exports them. */
  private assign(commands: readonly ShellCommand[]): void {
    const [command, ...others] = commands;
    if (!command || others.length > 0) return;
    const first = command.words[0]?.text ?? '';
    if (first === 'read') this.assignRead(command);
    const isDeclaration = /^(?:export|readonly|local|declare|typeset)$/.test(first);
    const words = isDeclaration ? command.words.slice(1) : command.words;
    if (!isDeclaration && !words.every(({ text }) => assignment.test(text))) return;
    for (const { text, variables, refusal } of words) {
      const [whole = '', name, plus] = assignment.exec(text) ?? [];
      if (name === undefined) continue;
      const before = plus === '+' ? this.state.values.get(name) : undefined;
      this.state.budget.spend(before?.text.length ?? 0);
      this.state.values.set(name, {
        text: `${before?.text ?? ''}${text.slice(whole.length)}`,
        variables: [...(before?.variables ?? []), ...variables],
        refusal: before?.refusal ?? refusal,
      });
    }
  }
}

/** Values that are those around them until they are set; setting them changes nothing outside. */
function valuesWithin(outer: ScriptState['values']): ScriptState['values'] {
  const own: ScriptState['values'] = new Map();
  return { get: (name) => own.get(name) ?? outer.get(name), set: own.set.bind(own) as ScriptState['values']['set'] };
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

/** As a shell takes the output of a command: without the line ends behind it. */
function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  return text.slice(0, end);
}

function unknownWord(reason: string): ShellWord {
  return { text: '', variables: [], refusal: new ShellRefusal(reason) };
}

function shellSyntax(char: string): ShellRefusal {
  return new ShellRefusal(`a ${char} without quotes belongs to the shell. Leave it out, or quote the word`);
}
