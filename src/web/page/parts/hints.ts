import type { SampleHint } from '../../protocol.js';

/** Looks up what is known of the places of a payload. */
export class Hints {
  readonly #known: ReadonlyMap<string, SampleHint>;

  constructor(hints: readonly SampleHint[]) {
    this.#known = new Map(hints.map((hint) => [hint.path, hint]));
  }

  /** What is known of a place; undefined where nothing is. */
  at(path: string): SampleHint | undefined {
    return this.#known.get(general(path));
  }

  /** The names of the members that an object at a place may have. */
  namesAt(path: string): string[] {
    const start = path === '' ? '' : `${general(path)}.`;
    const inner = [...this.#known.keys()]
      .filter((known) => known.startsWith(start))
      .map((known) => known.slice(start.length));
    return inner.filter((name) => name !== '' && !/[.[]/.test(name));
  }
}

/** Values that are suggested for a place: those of the samples, and the two of a boolean. */
export function suggestedValues({ types, values }: SampleHint): readonly string[] {
  return types.includes('boolean') ? [...new Set([...values, 'true', 'false'])] : values;
}

/** What is known of a place, in words. */
export function describeHint({ types, values }: SampleHint): string {
  return `${types.join(' or ')}${values.length > 0 ? `, such as ${values.slice(0, 4).join(', ')}` : ''}`;
}

function general(path: string): string {
  return path.replace(/\[\d+\]/g, '[]');
}
