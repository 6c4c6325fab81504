import { ExpansionBudget } from '../expansionBudget.js';
import { ShellRefusal } from './shellCommand.js';

/** A value of PowerShell: text, a table of values, or one that only a run could show. */
export type PowerShellValue = string | ReadonlyMap<string, PowerShellValue> | ShellRefusal;

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b' },
};
const maxDepth = 16;

/** Reads the values of a script: texts, tables and expressions in brackets. */
export class PowerShellValueReader {
  protected at = 0;
  private depth = 0;
  private readonly budget = new ExpansionBudget((reason) => new ShellRefusal(reason));
  protected readonly values = new Map<string, PowerShellValue>();

  private readonly lastBracket: number;

  constructor(protected readonly text: string) {
    this.lastBracket = text.lastIndexOf(']');
  }

  protected expression(): PowerShellValue {
    if (++this.depth > maxDepth) throw new ShellRefusal('its values are nested too deep');
    try {
      return this.joined(this.value());
    } finally {
      this.depth--;
    }
  }

  /** A value with the operations after it. */
  private joined(first: PowerShellValue): PowerShellValue {
    let value = first;
    for (;;) {
      const from = this.at;
      this.skipSpaces();
      if (this.text[this.at] !== '+') {
        this.at = from;
        return value;
      }
      this.at++;
      this.skipSpaces();
      const more = this.value();
      value = typeof value === 'string' && typeof more === 'string' ? value + more : unknownValueReason('a sum');
    }
  }

  private value(): PowerShellValue {
    const char = this.text[this.at];
    if (char === '"' || char === "'") return this.quoted();
    if (char === '@' && /["']/.test(this.text[this.at + 1] ?? '')) return this.hereString();
    if (char === '@' && this.text[this.at + 1] === '{') return this.table();
    if (char === '(' || (char === '@' && this.text[this.at + 1] === '(')) return this.group();
    if (char === '[') return this.typed();
    if (char === '$' && this.text[this.at + 1] === '(') return this.subexpression();
    const named = this.match(/\$(?:([A-Za-z_][\w:]*)|\{([^}\n]*)\})/y);
    if (named) {
      const isMember = /^[.[]\w/.test(this.text.slice(this.at, this.at + 2));
      if (isMember) this.match(/(?:\.\w+|\[[^\]\n]*\])+/y);
      return isMember ? unknownValueReason('a member of a variable') : this.variable((named[1] ?? named[2])!);
    }
    return this.match(/[\w.+-]+/y)?.[0] ?? this.skipped();
  }

  private skipped(): ShellRefusal {
    this.at++;
    return unknownValueReason('a value that only PowerShell can know');
  }

  protected variable(name: string): PowerShellValue {
    const value = this.values.get(name.toLowerCase());
    if (typeof value === 'string') this.budget.spend(value.length);
    return value ?? unknownValueReason(`the variable $${name.replace(/[^\w:]/g, '?').slice(0, 60)}`);
  }

  protected quoted(): PowerShellValue {
    const quote = this.text[this.at]!;
    this.at++;
    return this.until(quote, (at) => this.text[at] === quote, 1, true);
  }

  /** `@'` or `@"`, a line end, the text, and the same reversed at the start of a line. */
  protected hereString(): PowerShellValue {
    const quote = this.text[this.at + 1]!;
    this.at += 2;
    if (!this.match(/[ \t]*\r?\n/y)) throw new ShellRefusal(`a line end has to follow @${quote}`);
    if (this.text.startsWith(`${quote}@`, this.at)) {
      this.at += 2;
      return '';
    }
    const isEnd = (at: number) => this.text.startsWith(`\n${quote}@`, at) || this.text.startsWith(`\r\n${quote}@`, at);
    const value = this.until(quote, isEnd, 0, false);
    this.match(/\r?\n["']@/y);
    return value;
  }

  /** Text up to its end; in double quotes backticks and variables have their meaning. */
  private until(quote: string, isEnd: (at: number) => boolean, length: number, isDoubled: boolean): PowerShellValue {
    const parts: string[] = [];
    let refusal: ShellRefusal | null = null;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) throw new ShellRefusal('a quote is never closed. Is it copied whole');
      if (isDoubled && char === quote && this.text[this.at + 1] === quote) {
        parts.push(quote);
        this.at += 2;
      } else if (isEnd(this.at)) {
        this.at += length;
        return refusal ?? parts.join('');
      } else if (quote === '"' && char === '`') {
        const next = this.text.startsWith('\r\n', this.at + 1) ? '\r\n' : (this.text[this.at + 1] ?? '');
        const unicode = this.match(/`u\{([0-9A-Fa-f]{1,6})\}/y);
        if (unicode) parts.push(character(Number.parseInt(unicode[1]!, 16)));
        else {
          parts.push(/^\r?\n$/.test(next) ? '' : (escapes[next] ?? next));
          this.at += 1 + next.length;
        }
      } else if (quote === '"' && char === '$' && /[({A-Za-z_]/.test(this.text[this.at + 1] ?? '')) {
        const value = this.text[this.at + 1] === '(' ? this.subexpression() : this.simpleVariable();
        if (typeof value === 'string') parts.push(value);
        else refusal ??= value instanceof ShellRefusal ? value : unknownValueReason('a table within a text');
      } else {
        parts.push(char);
        this.at++;
      }
    }
  }

  private simpleVariable(): PowerShellValue {
    const named = this.match(/\$(?:([A-Za-z_]\w*(?::\w+)?)|\{([^}\n]*)\})/y)!;
    if (!named) return this.skipped();
    return this.variable((named[1] ?? named[2])!);
  }

  /** `$(…)`: a character by its number, as browsers write those beyond ASCII, or the value of a group. */
  private subexpression(): PowerShellValue {
    const char = this.match(/\$\(\s*\[char\]\s*(0x[0-9A-Fa-f]{1,6}|\d{1,7})\s*\)/iy);
    if (char) return character(Number(char[1]));
    const pair = this.match(/\$\(\s*\[char\]::ConvertFromUtf32\(\s*(0x[0-9A-Fa-f]{1,6}|\d{1,7})\s*\)\s*\)/iy);
    if (pair) return character(Number(pair[1]));
    this.at++;
    return this.group();
  }

  /** Reads an expression in brackets, where it is one value. */
  private group(): PowerShellValue {
    const start = this.at;
    this.at = this.text.indexOf('(', start) + 1;
    this.skipBlank();
    const value = this.expression();
    this.skipBlank();
    if (this.text[this.at] === ')') {
      this.at++;
      return value;
    }
    this.at = start;
    this.skipBrackets();
    return unknownValueReason('what a command in brackets makes');
  }

  /** `[type]value` and `[System.Text.Encoding]::UTF8.GetBytes(text)`. */
  private typed(): PowerShellValue {
    if (this.match(/\[(?:System\.)?Text\.Encoding\]::UTF8\.GetBytes(?=\()/iy)) return this.group();
    const char = this.match(/\[char\]\s*(0x[0-9A-Fa-f]{1,6}|\d{1,7})/iy);
    if (char) return character(Number(char[1]));
    if (this.match(/\[(?:string|ordered|hashtable|uri|pscustomobject|byte\[\])\]\s*/iy)) return this.expression();
    // Without an end no search for one: each [ would be followed up to the end of the line.
    if (this.at > this.lastBracket || !this.match(/\[[^\]\n]*\]+/y)) this.at++;
    if (this.match(/::\w+(?:\.\w+)*/y) && this.text[this.at] === '(') this.skipBrackets();
    return unknownValueReason('what a method makes');
  }

  protected table(): PowerShellValue {
    this.at += 2;
    const table = new Map<string, PowerShellValue>();
    for (;;) {
      if (!this.skipBlank()) throw new ShellRefusal('a @{ is never closed. Is it copied whole');
      if (this.text[this.at] === '}') break;
      const quoted = /["']/.test(this.text[this.at]!) ? this.quoted() : null;
      const key = quoted ?? this.match(/[\w-]+/y)?.[0];
      this.skipSpaces();
      if (typeof key !== 'string' || this.text[this.at] !== '=')
        throw new ShellRefusal('a table @{…} is not written as one');
      this.at++;
      this.skipBlank();
      table.set(key, this.expression());
      this.skipSpaces();
      if (this.isPiped()) throw new ShellRefusal('a value of a table is made by another command');
    }
    this.at++;
    return table;
  }

  protected isPiped(): boolean {
    const from = this.at;
    this.skipSpaces();
    const isPiped = this.text[this.at] === '|';
    this.at = from;
    return isPiped;
  }

  protected skipBrackets(): void {
    let open = 0;
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (char === '"' || char === "'") {
        this.quoted();
        continue;
      }
      this.at++;
      if (char === '(') open++;
      else if (char === ')' && --open === 0) return;
    }
  }

  protected skipSpaces(): void {
    this.match(/(?:[ \t]|`\r?\n)+/y);
  }

  /** Skips spaces, line ends and comments; false at the end. */
  protected skipBlank(): boolean {
    while (this.match(/(?:[\s;]|`\r?\n)+/y) || this.match(/#[^\n]*/y));
    return this.at < this.text.length;
  }

  protected match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }
}

/** Returns the error for a value that only PowerShell can know. */
export function unknownValueReason(what: string): ShellRefusal {
  return new ShellRefusal(`it holds ${what}, which only PowerShell can know. Put the value there`);
}

function character(code: number): string {
  if (!(code >= 0 && code <= 0x10ffff))
    throw new ShellRefusal(`it holds the number of a character that there is not (${code})`);
  // Surrogate halves follow each other, and are joined there.
  return code < 0x10000 ? String.fromCharCode(code) : String.fromCodePoint(code);
}
