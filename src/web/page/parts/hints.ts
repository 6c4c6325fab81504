import type { FieldHint, SampleHint } from '../../protocol.js';

/** A hint for a place of a payload. */
export interface Hint {
  readonly types: readonly string[];
  readonly values: readonly string[];
  /** The field in the specification; null where that does not name the place. */
  readonly field: FieldHint | null;
}

/** Looks up hints for the places of a payload. */
export class Hints {
  readonly #known: ReadonlyMap<string, SampleHint>;
  readonly #fields: ReadonlyMap<string, FieldHint>;
  readonly #paths: readonly string[];

  constructor(hints: readonly SampleHint[], fields: readonly FieldHint[] = []) {
    this.#known = new Map(hints.map((hint) => [hint.path, hint]));
    this.#fields = new Map(fields.map((field) => [field.path, field]));
    this.#paths = [...new Set([...this.#known.keys(), ...this.#fields.keys()])];
  }

  /** Returns the hint for a place; undefined for none. The specification takes precedence over samples. */
  at(path: string): Hint | undefined {
    const known = this.#known.get(general(path));
    const field = this.#fields.get(general(path)) ?? null;
    if (!known && !field) return undefined;
    const { types = [], values = [] } = known ?? {};
    return {
      types: field && field.types.length > 0 ? field.types : types,
      values: field && field.values.length > 0 ? field.values : values,
      field,
    };
  }

  /** The names of the members that an object at a place may have. */
  namesAt(path: string): string[] {
    const start = path === '' ? '' : `${general(path)}.`;
    const inner = this.#paths.filter((known) => known.startsWith(start)).map((known) => known.slice(start.length));
    return inner.filter((name) => name !== '' && !/[.[]/.test(name));
  }
}

/** Values that are suggested for a place: those of the specification or the samples, and the two of a boolean. */
export function suggestedValues({ types, values }: Hint): readonly string[] {
  return types.includes('boolean') ? [...new Set([...values, 'true', 'false'])] : values;
}

/** Describes a hint in words. */
export function describeHint({ types, values, field }: Hint): string {
  const listed = field !== null && field.values.length > 0;
  const shown = values.slice(0, listed ? 12 : 4).join(', ');
  return [
    types.join(' or ') + (field?.format ? ` (${field.format})` : ''),
    field?.isRequired ? 'required' : '',
    ...(field?.limits ?? []),
    shown === '' ? '' : `${listed ? 'one of' : 'such as'} ${shown}${listed && values.length > 12 ? ', …' : ''}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function general(path: string): string {
  return path.replace(/\[\d+\]/g, '[]');
}
