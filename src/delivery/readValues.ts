import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { parseTemplate, type ReadValueSpec, type ValueSpec } from '../core/template.js';
import { writeJson } from '../json/dialect.js';
import { getPath, type PathStep, parsePath } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';
import type { OutlinedBody } from './outlinedBody.js';

/** What a value that is read from the delivery itself is read from. */
export interface Source {
  /** The body, parsed; undefined where it can't be. */
  readonly body: () => Json | undefined;
  /** What the header of a name says. */
  readonly header: (name: string) => string;
  /** The same body where it need not be parsed as a whole. */
  readonly outlined?: OutlinedBody | undefined;
}

/** Reads one value. */
export type ValueReader = (source: Source) => string;

/** Whether a value is read from the delivery itself, and not made for it. */
export function isRead(spec: ValueSpec): spec is ReadValueSpec {
  return spec.kind === 'field' || spec.kind === 'fields' || spec.kind === 'header';
}

/** Whether a body decides if a delivery can be made of it: something is read from it, or put into it. */
export function dependsOnBody({ values, fields = [] }: Provider): boolean {
  return fields.length > 0 || Object.values(values).some(isRead);
}

/** The readers of a provider's values by their names. Throws a UsageError for a bad path or template. */
export function valueReaders(provider: Pick<Provider, 'name' | 'values'>): Map<string, ValueReader> {
  const readers = new Map<string, ValueReader>();
  for (const [name, spec] of Object.entries(provider.values)) {
    if (isRead(spec)) readers.set(name, readerOf(spec, `${provider.name}: value ${name}`));
  }
  return readers;
}

function readerOf(spec: ReadValueSpec, what: string): ValueReader {
  if (spec.kind === 'header') return ({ header }) => header(spec.name);
  if (spec.kind === 'field') {
    const steps = parsePath(spec.path);
    return (source) => {
      const text = textAt(source, steps) ?? spec.absent;
      if (text === undefined) throw new UsageError('NO_FIELD', `${what}: the body has no field ${spec.path}.`);
      return text;
    };
  }
  const each = parseTemplate(spec.each, ['name', 'value'], what);
  const listed = spec.paths === 'sorted' ? null : spec.paths.map(namedSteps);
  const absent = spec.absent === 'empty' ? '' : undefined;
  return (source) => {
    const found = listed
      ? listed.map(([name, steps]) => [name, textAt(source, steps)] as const)
      : (source.outlined?.formFields() ?? sortedFields(source.body()));
    let joined: string | undefined;
    for (const [name, told = absent] of found) {
      if (told === undefined) continue;
      joined = joined === undefined ? '' : joined + spec.join;
      for (const part of each) joined += 'text' in part ? part.text : part.name === 'name' ? name : told;
    }
    return joined ?? '';
  };
}

function namedSteps(path: string): readonly [name: string, steps: readonly PathStep[]] {
  const steps = parsePath(path);
  return [nameOf(steps, path), steps];
}

/** The name of a field: the last key on the way to it. */
function nameOf(steps: readonly PathStep[], path: string): string {
  return String(steps.findLast((step) => typeof step === 'string') ?? path);
}

/** All outermost fields in the order of their names; of one that is repeated each value once, in order, too. */
function sortedFields(body: Json | undefined): (readonly [string, string | undefined])[] {
  if (!(body instanceof Map)) return [];
  return [...body.keys()].sort().flatMap((name) => {
    const value = body.get(name)!;
    const texts = Array.isArray(value) ? [...new Set(value.map(textOf))].sort() : [textOf(value)];
    return texts.map((text) => [name, text] as const);
  });
}

function textAt(source: Source, steps: readonly PathStep[]): string | undefined {
  const value = source.outlined ? source.outlined.at(steps) : valueAt(source.body(), steps);
  return value === undefined ? undefined : textOf(value);
}

function valueAt(body: Json | undefined, steps: readonly PathStep[]): Json | undefined {
  return body === undefined ? undefined : getPath(body, steps);
}

/** A field's value as the text that is signed: a number as it is written, null as nothing. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (value instanceof JsonNumber) return value.text;
  return value === null ? '' : writeJson(value, 'js');
}
