import { k6Helpers } from '../../export/k6Helpers.js';
import type { K6Constant, K6Made, K6Text } from '../../export/k6Script.js';

/** The places where a constant can stand unescaped: everywhere, in any JSON, in JSON that does not escape slashes, or nowhere. */
export type K6Charset = 'word' | 'plain' | 'base64' | 'any';

/** The context that a text is written into: plain text, JSON (of PHP, which escapes slashes), a form or a query. */
export type K6Place = 'text' | 'json' | 'php' | 'form' | 'parameter';

/** The charsets whose texts a place takes as they are. */
const taken: Record<K6Place, readonly K6Charset[]> = {
  text: ['word', 'plain', 'base64', 'any'],
  json: ['word', 'plain', 'base64'],
  php: ['word', 'plain'],
  form: ['word'],
  parameter: ['word'],
};

/** Names that no constant may have: keywords, and names in the script's own code. */
const reserved = new Set([
  ...'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for'.split(
    ' ',
  ),
  ...'function if implements import in instanceof interface let new null package private protected public return static super'.split(
    ' ',
  ),
  ...'switch this throw true try typeof undefined var void while with yield'.split(' '),
  ...'Date JSON Math String crypto encodeURIComponent encoding now signingKey'.split(' '),
  ...Object.keys(k6Helpers),
]);

/**
 * The constants of a delivery, each with a mark that stands for its text while the delivery is built: an integer of 15 digits, which JSON and forms
 * write unchanged, and which templates and readers pass on.
 */
export class K6Marks {
  readonly constants: K6Constant[] = [];
  private readonly known = new Map<string, string>();
  private readonly marked: { readonly name: string; readonly charset: K6Charset }[] = [];
  private readonly names = new Set<string>();

  /** The mark of a constant that the script has besides. */
  given(name: string, charset: K6Charset): string {
    this.names.add(name);
    return this.mark(name, charset);
  }

  /** Returns the mark of a constant; equal recipes share one. `key` distinguishes random values. */
  constant(hint: string, recipe: K6Made, charset: K6Charset, key = ''): string {
    const id = JSON.stringify([key, recipe]);
    let mark = this.known.get(id);
    if (mark === undefined) {
      const name = this.nameFor(hint);
      this.constants.push({ name, recipe });
      mark = this.mark(name, charset);
      this.known.set(id, mark);
    }
    return mark;
  }

  /** The pieces of a text with marks, for its place. */
  split(text: string, place: K6Place = 'text'): K6Text {
    // The pattern has one group, so its matches are at the odd indexes.
    return text.split(/73194(\d{4})592837/).flatMap((piece, at): K6Text => {
      if (at % 2 === 0) return piece === '' ? [] : [piece];
      const { name, charset } = this.marked[Number(piece)]!;
      return [place === 'text' || taken[place].includes(charset) ? { name } : { name, as: place }];
    });
  }

  /** Splits a JSON document at its marks; constants inside a string are escaped. */
  splitJson(text: string): K6Text {
    let isString = false;
    return this.split(text).map((piece) => {
      if (typeof piece !== 'string') return isString ? { ...piece, as: 'json' } : piece;
      for (const [found] of piece.matchAll(/\\.|"/g)) if (found === '"') isString = !isString;
      return piece;
    });
  }

  private mark(name: string, charset: K6Charset): string {
    this.marked.push({ name, charset });
    return `73194${String(this.marked.length - 1).padStart(4, '0')}592837`;
  }

  private nameFor(hint: string): string {
    const words = hint.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const camel = words.map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
    const base = /^[A-Za-z]/.test(camel) ? camel : `the${camel}`;
    let name = base;
    for (let count = 2; reserved.has(name) || this.names.has(name); count++) name = `${base}${count}`;
    this.names.add(name);
    return name;
  }
}
