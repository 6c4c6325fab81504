/** A bare item of a structured field (RFC 8941), as its kind and value. */
export type BareItem =
  | { readonly kind: 'integer' | 'decimal' | 'string' | 'token'; readonly text: string }
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'boolean'; readonly is: boolean };

export type FieldParameters = ReadonlyMap<string, BareItem>;

/** An item with its parameters. */
export interface FieldItem {
  readonly value: BareItem;
  readonly parameters: FieldParameters;
}

/** A member of a dictionary or list: an item, or several in parentheses. */
export type FieldMember = FieldItem | { readonly items: readonly FieldItem[]; readonly parameters: FieldParameters };

/** A text that is no structured field. */
export class StructuredFieldError extends Error {}

/** Reads a dictionary, the last of members of one name unless each has to be there once. Throws a StructuredFieldError. Takes linear time. */
export function parseDictionary(text: string, names: 'once' | 'any' = 'any'): Map<string, FieldMember> {
  const reader = new Reader(text);
  const members = new Map<string, FieldMember>();
  reader.skip(/[ ]*/y);
  while (!reader.isAtEnd()) {
    const name = reader.key();
    if (members.delete(name) && names === 'once') throw new StructuredFieldError(`${name} is there twice`);
    members.set(
      name,
      reader.take('=') ? reader.member() : { value: { kind: 'boolean', is: true }, parameters: reader.parameters() },
    );
    reader.skip(/[ \t]*/y);
    if (reader.isAtEnd()) break;
    if (!reader.take(',')) reader.fail('a comma');
    reader.skip(/[ \t]*/y);
    if (reader.isAtEnd()) reader.fail('another member');
  }
  return members;
}

/** Writes a member of a dictionary in the one form that RFC 8941 has for it. */
export function writeMember(member: FieldMember): string {
  if (!('items' in member)) return writeItem(member);
  return `(${member.items.map(writeItem).join(' ')})${writeParameters(member.parameters)}`;
}

/** Writes an item in the one form that RFC 8941 has for it. */
export function writeItem({ value, parameters }: FieldItem): string {
  return writeBare(value) + writeParameters(parameters);
}

function writeParameters(parameters: FieldParameters): string {
  return [...parameters]
    .map(([name, value]) => (value.kind === 'boolean' && value.is ? `;${name}` : `;${name}=${writeBare(value)}`))
    .join('');
}

function writeBare(value: BareItem): string {
  if (value.kind === 'bytes') return `:${value.base64}:`;
  if (value.kind === 'boolean') return value.is ? '?1' : '?0';
  return value.kind === 'string' ? `"${value.text.replace(/["\\]/g, '\\$&')}"` : value.text;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  fail(wanted: string): never {
    const where = this.isAtEnd() ? 'at its end' : `at character ${this.at + 1}`;
    throw new StructuredFieldError(`${wanted} is expected ${where}`);
  }

  /** Moves behind what a sticky expression finds here, and returns that. */
  skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  key(): string {
    return this.skip(/[a-z*][a-z0-9_.*-]*/y) || this.fail('a name in lower case');
  }

  member(): FieldMember {
    if (!this.take('(')) return this.item();
    const items: FieldItem[] = [];
    for (;;) {
      const space = this.skip(/ */y);
      if (this.take(')')) return { items, parameters: this.parameters() };
      if (items.length > 0 && space === '') this.fail('a space or a closing parenthesis');
      items.push(this.item());
    }
  }

  item(): FieldItem {
    return { value: this.bare(), parameters: this.parameters() };
  }

  parameters(): FieldParameters {
    const found = new Map<string, BareItem>();
    while (this.take(';')) {
      this.skip(/ */y);
      const name = this.key();
      found.delete(name);
      found.set(name, this.take('=') ? this.bare() : { kind: 'boolean', is: true });
    }
    return found;
  }

  private bare(): BareItem {
    const char = this.text[this.at] ?? '';
    if (char === '"') return this.string();
    if (char === ':') return this.bytes();
    if (char === '?') {
      const text = this.skip(/\?[01]/y);
      return text === '' ? this.fail('?0 or ?1') : { kind: 'boolean', is: text === '?1' };
    }
    const number = this.skip(/-?(?:\d{1,12}\.\d{1,3}|\d{1,15})(?![\d.])/y);
    if (number !== '') return { kind: number.includes('.') ? 'decimal' : 'integer', text: number };
    const token = this.skip(/[A-Za-z*][!#$%&'*+\-.^_`|~:/0-9A-Za-z]*/y);
    return token === '' ? this.fail('a value') : { kind: 'token', text: token };
  }

  private string(): BareItem {
    const text = this.skip(/"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y);
    if (text === '') this.fail('a text in quotes');
    return { kind: 'string', text: text.slice(1, -1).replace(/\\(["\\])/g, '$1') };
  }

  private bytes(): BareItem {
    const text = this.skip(/:[A-Za-z0-9+/]*={0,2}:/y);
    if (text === '') this.fail('Base64 between colons');
    const bytes = Buffer.from(text.slice(1, -1), 'base64');
    return { kind: 'bytes', base64: bytes.toString('base64') };
  }
}
