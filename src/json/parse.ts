import { WebhookSimError } from '../core/errors.js';
import { type Json, JsonNumber, type JsonObject } from './value.js';

/** The text is not JSON; `line` and `column` count from 1. */
export class JsonSyntaxError extends WebhookSimError {
  constructor(
    reason: string,
    readonly line: number,
    readonly column: number,
  ) {
    super('BAD_JSON', `${reason} at line ${line}, column ${column}`, { facts: { line, column } });
  }
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plain = /[^"\\\u0000-\u001f]*/y;
const escapes: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const words = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;
const maxDepth = 512;

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): Json {
    this.skip(space);
    const value = this.value(1);
    this.skip(space);
    if (this.at < this.text.length) this.fail(`unexpected ${this.here()} after the end of the document`);
    return value;
  }

  private value(depth: number): Json {
    const char = this.text[this.at];
    if (depth > maxDepth && (char === '{' || char === '[')) this.fail(`more than ${maxDepth} levels of nesting`);
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"') return this.string();
    for (const [word, value] of words) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const digits = this.skip(number);
    return digits ? new JsonNumber(digits) : this.fail(`expected a value, found ${this.here()}`);
  }

  private object(depth: number): JsonObject {
    const members: JsonObject = new Map();
    this.list('}', () => {
      if (this.text[this.at] !== '"') this.fail(`expected a key in quotes, found ${this.here()}`);
      const key = this.string();
      this.skip(space);
      if (this.text[this.at] !== ':') this.fail(`expected ":" after the key, found ${this.here()}`);
      this.at++;
      this.skip(space);
      members.set(key, this.value(depth + 1));
    });
    return members;
  }

  private array(depth: number): Json[] {
    const items: Json[] = [];
    this.list(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  private list(close: string, item: () => void): void {
    this.at++;
    this.skip(space);
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      item();
      this.skip(space);
      const char = this.text[this.at];
      if (char !== ',' && char !== close) this.fail(`expected "," or "${close}", found ${this.here()}`);
      this.at++;
      if (char === close) return;
      this.skip(space);
    }
  }

  private string(): string {
    this.at++;
    let value = '';
    for (;;) {
      value += this.skip(plain);
      const char = this.text[this.at];
      if (char === '"') {
        this.at++;
        return value;
      }
      if (char !== '\\') this.fail(char === undefined ? 'a string without an end' : 'a control character in a string');
      const letter = this.text[this.at + 1] ?? '';
      const hex = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at + 1, this.at + 6))?.[1];
      if (hex) value += String.fromCharCode(Number.parseInt(hex, 16));
      else value += escapes[letter] ?? this.fail('an escape that JSON does not have');
      this.at += hex ? 6 : 2;
    }
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private here(): string {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) return 'the end of the text';
    const char = String.fromCodePoint(code);
    return /[\p{C}\p{Z}]/u.test(char) ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : JSON.stringify(char);
  }

  private fail(reason: string): never {
    const before = this.text.slice(0, this.at).split('\n');
    throw new JsonSyntaxError(reason, before.length, before.at(-1)!.length + 1);
  }
}

/** Parses a JSON document, keeping the text of its numbers and the order of its keys. Throws a JsonSyntaxError. */
export function parseJson(text: string): Json {
  return new Parser(text).document();
}

/** Bytes as JSON; undefined where they are none. */
export function readJson(bytes: Uint8Array): Json | undefined {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
