import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { type JsonTemplate, templateSource } from '../core/scheme.js';
import { parseTemplate, type ReadValueSpec, type ValueSpec } from '../core/template.js';
import { formatPath, type PathStep, parsePath } from '../json/path.js';
import { type BodyReading, textOf } from '../json/readPayload.js';
import type { Json } from '../json/value.js';
import type { OutlinedBody } from './outlinedBody.js';

/** The parts of a delivery from which values are read. */
export interface Source {
  readonly body: () => BodyReading;
  /** The value of a header. */
  readonly header: (name: string) => string;
  /** The same body in outline, where it need not be parsed as a whole. */
  readonly outlined?: OutlinedBody | undefined;
}

/** A field's name and text; undefined for one that is not there. */
type NamedText = readonly [name: string, text: string | undefined];

/** Reads one value. */
export type ValueReader = (source: Source) => string;

/** Returns whether a value is read from the delivery itself, and not made for it. */
export function isRead(spec: ValueSpec): spec is ReadValueSpec {
  return spec.kind === 'field' || spec.kind === 'fields' || spec.kind === 'header';
}

/** Returns whether a body decides if a delivery can be made of it: something is read from it, or put into it. */
export function dependsOnBody({ values, fields = [] }: Provider): boolean {
  return fields.length > 0 || Object.values(values).some(isRead);
}

/** The readers of a provider's values by their names. Throws a UsageError for a bad path or template. */
export function valueReaders(
  provider: Pick<Provider, 'name' | 'values'> & Partial<Pick<Provider, 'fields' | 'signatures'>>,
): Map<string, ValueReader> {
  const signed = findProofFields(provider);
  const readers = new Map<string, ValueReader>();
  for (const [name, spec] of Object.entries(provider.values)) {
    if (isRead(spec)) readers.set(name, createReader(spec, `${provider.name}: value ${name}`, signed));
  }
  return readers;
}

function createReader(spec: ReadValueSpec, what: string, signed: readonly string[]): ValueReader {
  if (spec.kind === 'header') return ({ header }) => header(spec.name);
  if (spec.kind === 'field') {
    const steps = parsePath(spec.path);
    return (source) => {
      const text = textAt(source, steps, what) ?? spec.absent;
      if (text === undefined) throw new UsageError('NO_FIELD', `${what}: the body has no field ${spec.path}.`);
      return text;
    };
  }
  const each = parseTemplate(spec.each, ['name', 'value'], what);
  const listed = typeof spec.paths === 'string' ? null : spec.paths.map(namedSteps);
  const isSorted = spec.paths === 'sorted';
  const except = new Set([...signed, ...(spec.except ?? [])]);
  const absent = spec.absent === 'empty' ? '' : undefined;
  const isLeftOut = (name: string, text: string) => (!listed && except.has(name)) || (spec.empty && text === '');
  return (source) => {
    const found = listed
      ? listed.map(([name, steps]) => [name, textAt(source, steps, what)] as const)
      : (isSorted && source.outlined?.formFields()) || allFields(source.body(), isSorted);
    let joined: string | undefined;
    for (const [name, text = absent] of found) {
      if (text === undefined || isLeftOut(name, text)) continue;
      joined = joined === undefined ? '' : joined + spec.join;
      for (const part of each) joined += 'text' in part ? part.text : part.name === 'name' ? name : text;
    }
    return joined ?? '';
  };
}

function namedSteps(path: string): readonly [name: string, steps: readonly PathStep[]] {
  const steps = parsePath(path);
  return [fieldName(steps, path), steps];
}

/** The name of a field: the last key on the way to it. */
function fieldName(steps: readonly PathStep[], path: string): string {
  return String(steps.findLast((step) => typeof step === 'string') ?? path);
}

/** All outermost fields, of a form as they are named there; sorted by name, each value of one that is repeated once and in order, or as they are sent. */
function allFields({ value, form }: BodyReading, isSorted: boolean): NamedText[] {
  const members = value instanceof Map ? [...value] : [];
  const sent = form
    ? form.fields.map(({ name, value: text }): NamedText => [name, textOf(text)])
    : members.flatMap(([name, member]) => [member].flat().map((item): NamedText => [name, textOf(item as Json)]));
  if (!isSorted) return sent;
  const texts = new Map<string, string[]>();
  for (const [name, text] of sent) {
    const known = texts.get(name);
    if (known) known.push(text!);
    else texts.set(name, [text!]);
  }
  return [...texts.keys()]
    .sort()
    .flatMap((name) => [...new Set(texts.get(name))].sort().map((text): NamedText => [name, text]));
}

/** The names of the fields that hold a signature, as a form has them: none can be a part of what is signed. */
function findProofFields({ fields = [], signatures = {} }: Partial<Pick<Provider, 'fields' | 'signatures'>>): string[] {
  const marks = Object.keys(signatures).map((name) => `{${name}}`);
  const isProof = (template: JsonTemplate) => {
    const text = templateSource(template);
    return marks.some((mark) => text.includes(mark));
  };
  return fields.filter(([, template]) => isProof(template)).map(([path]) => path);
}

/** The one text at a path. Throws a UsageError where there are several: who signs and who reads may mean different ones. */
function textAt(source: Source, steps: readonly PathStep[], what: string): string | undefined {
  if (!source.outlined) {
    const texts = source.body().textsAt(steps);
    if (texts.length < 2) return texts[0];
    throw new UsageError('REPEATED_FIELD', `${what}: the body has the field ${formatPath(steps)} more than once.`);
  }
  const value = source.outlined.at(steps);
  return value === undefined ? undefined : textOf(value);
}
