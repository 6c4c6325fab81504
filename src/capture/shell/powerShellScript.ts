import { type PowerShellValue, PowerShellValueReader, unknownValueReason } from './powerShellValues.js';
import { ShellRefusal } from './shellCommand.js';

/** A word of a command: a parameter such as `-Uri`, a value, or a table whose members are parameters (`@name`). */
export type PowerShellWord =
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'value'; readonly value: PowerShellValue; readonly isBare: boolean }
  | { readonly kind: 'splat'; readonly value: PowerShellValue };

/** A command with the output of the one before it in its pipeline. */
export interface PowerShellCommand {
  readonly words: readonly PowerShellWord[];
  readonly input: PowerShellValue | null;
}

/** The commands of a script, as far as they are known without running it. */
export interface PowerShellScript {
  readonly commands: readonly PowerShellCommand[];
  /** Properties that were set on an object, such as `$session.UserAgent`, by lower-case name. */
  readonly properties: ReadonlyMap<string, PowerShellValue>;
  /** Whether it makes bytes of UTF-8 itself. */
  readonly isUtf8: boolean;
}

/** Reads the commands and assignments of a script of PowerShell; executes nothing. Throws a ShellRefusal for a script that is incomplete. */
export function parsePowerShell(text: string): PowerShellScript {
  return new PowerShellReader(text).script();
}

/** A prompt that was copied with its command. */
const prompt = /PS [^\n>]*> */y;

class PowerShellReader extends PowerShellValueReader {
  private readonly properties = new Map<string, PowerShellValue>();

  script(): PowerShellScript {
    const commands: PowerShellCommand[] = [];
    while (this.skipBlank()) {
      if (this.isAtLineStart() && this.match(prompt)) continue;
      const assigned = this.match(/\$([A-Za-z_][\w:]*)((?:\.\w+)*)[ \t]*=(?!=)/y);
      if (assigned) {
        this.skipSpaces();
        const value = this.expression();
        const name = assigned[1]!.toLowerCase();
        if (assigned[2] === '')
          this.values.set(name, this.isPiped() ? unknownValueReason('a value that another command makes') : value);
        else this.properties.set(`${name}${assigned[2]!.toLowerCase()}`, value);
        this.skipStatement();
      } else this.pipeline(commands);
    }
    return { commands, properties: this.properties, isUtf8: /UTF8\.GetBytes\(/i.test(this.text) };
  }

  private isAtLineStart(): boolean {
    let start = this.at;
    while (this.text[start - 1] === ' ' || this.text[start - 1] === '\t') start--;
    return start === 0 || this.text[start - 1] === '\n';
  }

  private pipeline(commands: PowerShellCommand[]): void {
    let input: PowerShellValue | null = null;
    for (;;) {
      const words = this.words();
      const [first] = words;
      const isCommand = first?.kind === 'value' && first.isBare;
      if (isCommand) commands.push({ words, input });
      input =
        isCommand || words.length !== 1 || first?.kind !== 'value'
          ? unknownValueReason('what another command writes')
          : first.value;
      if (this.text[this.at] !== '|') break;
      this.at++;
      if (!this.skipBlank()) break;
    }
    this.skipStatement();
  }

  private words(): PowerShellWord[] {
    const words: PowerShellWord[] = [];
    for (;;) {
      this.skipSpaces();
      const char = this.text[this.at];
      if (char === undefined || /[\n\r;|)}]/.test(char)) return words;
      const parameter = this.match(/-([A-Za-z]\w*):?(?=[\s`]|$)/y);
      const splat = parameter ? null : this.match(/@([A-Za-z_]\w*)/y);
      if (parameter) words.push({ kind: 'parameter', name: parameter[1]! });
      else if (splat) words.push({ kind: 'splat', value: this.variable(splat[1]!) });
      else if (/["'$(@[]/.test(char)) words.push({ kind: 'value', value: this.expression(), isBare: false });
      else words.push({ kind: 'value', value: this.bare(), isBare: true });
    }
  }

  /** A word without quotes; a backtick removes the meaning of the next character. */
  private bare(): PowerShellValue {
    let value = '';
    if (/[\u2018-\u201e]/.test(this.text[this.at]!)) {
      throw new ShellRefusal('it has a typographic quote, as pages have it. Write a plain one in its place');
    }
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (/[\s;|)}]/.test(char)) break;
      if (char === '`') {
        value += this.text[this.at + 1] ?? '';
        this.at += 2;
      } else if (char === '"' || char === "'") {
        const part = this.quoted();
        if (typeof part !== 'string') return part;
        value += part;
      } else {
        value += char;
        this.at++;
      }
    }
    return value;
  }

  /** Skips the rest of a statement. */
  private skipStatement(): void {
    while (this.at < this.text.length && !/[\n;]/.test(this.text[this.at]!)) {
      const char = this.text[this.at]!;
      if (char === '"' || char === "'") this.quoted();
      else if (char === '@' && /^@["'][ \t]*\r?\n/.test(this.text.slice(this.at, this.at + 8))) this.hereString();
      else if (char === '@' && this.text[this.at + 1] === '{') this.table();
      else if (char === '(') this.skipBrackets();
      else if (char === '`') this.at += this.text.startsWith('\r\n', this.at + 1) ? 3 : 2;
      else this.at++;
    }
    this.at++;
  }
}
