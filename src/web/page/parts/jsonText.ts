/** A value of a JSON text, with its place: an edit keeps everything else, to the byte. */
export type JsonNode = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number' | 'literal'; readonly value: string }
);

/** A member of an object; its own place goes from its name to the end of its value. */
export interface JsonMember {
  readonly name: string;
  readonly from: number;
  readonly nameTo: number;
  readonly value: JsonNode;
}

/** The reason why a text is no JSON, and its place. */
export interface JsonProblem {
  readonly message: string;
  readonly at: number;
  readonly line: number;
}

class NoJson extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const maxDepth = 200;

/** Reads a JSON text. */
export function parseJsonText(text: string): { node: JsonNode; problem: null } | { node: null; problem: JsonProblem } {
  const reader = new Reader(text);
  try {
    return { node: reader.readAll(), problem: null };
  } catch (error) {
    if (!(error instanceof NoJson)) throw error;
    const line = text.slice(0, error.at).split('\n').length;
    return { node: null, problem: { message: error.message, at: error.at, line } };
  }
}

class Reader {
  #at = 0;
  #depth = 0;
  constructor(readonly text: string) {}

  readAll(): JsonNode {
    const node = this.#value();
    this.#blanks();
    if (this.#at < this.text.length) throw new NoJson('Nothing may follow the value.', this.#at);
    return node;
  }

  #blanks(): void {
    const { text } = this;
    while (this.#at < text.length && ' \t\n\r'.includes(text[this.#at]!)) this.#at++;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #value(): JsonNode {
    this.#blanks();
    const from = this.#at;
    const first = this.text[from];
    if (first === '{') return this.#object(from);
    if (first === '[') return this.#array(from);
    if (first === '"') return { kind: 'string', value: this.#string(), from, to: this.#at };
    const number = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
    if (number !== null) return { kind: 'number', value: number, from, to: this.#at };
    const literal = this.#match(/true|false|null/y);
    if (literal !== null) return { kind: 'literal', value: literal, from, to: this.#at };
    throw new NoJson(first === undefined ? 'A value is missing at the end.' : 'A value has to stand here.', from);
  }

  #string(): string {
    const from = this.#at;
    const raw = this.#match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y);
    if (raw === null) throw new NoJson('This text has no end, or a character in it that needs a backslash.', from);
    return JSON.parse(raw) as string;
  }

  #enter(): void {
    if (++this.#depth > maxDepth) throw new NoJson(`Values stand in each other more than ${maxDepth} deep.`, this.#at);
    this.#at++;
    this.#blanks();
  }

  #object(from: number): JsonNode {
    const members: JsonMember[] = [];
    this.#enter();
    while (this.text[this.#at] !== '}') {
      if (members.length > 0) this.#comma('}');
      const start = this.#at;
      if (this.text[start] !== '"') throw new NoJson('A name in double quotes has to stand here.', start);
      const name = this.#string();
      const nameTo = this.#at;
      this.#blanks();
      if (this.text[this.#at] !== ':') throw new NoJson('A colon has to follow the name.', this.#at);
      this.#at++;
      members.push({ name, from: start, nameTo, value: this.#value() });
      this.#blanks();
    }
    this.#at++;
    this.#depth--;
    return { kind: 'object', members, from, to: this.#at };
  }

  #array(from: number): JsonNode {
    const items: JsonNode[] = [];
    this.#enter();
    while (this.text[this.#at] !== ']') {
      if (items.length > 0) this.#comma(']');
      items.push(this.#value());
      this.#blanks();
    }
    this.#at++;
    this.#depth--;
    return { kind: 'array', items, from, to: this.#at };
  }

  #comma(end: string): void {
    if (this.text[this.#at] !== ',') throw new NoJson(`A comma or ${end} has to stand here.`, this.#at);
    this.#at++;
    this.#blanks();
  }
}
