import { isDeepStrictEqual } from 'node:util';
import type { HeaderSpec } from '../../core/scheme.js';
import type { ValueSpec } from '../../core/template.js';
import { snakeCase } from '../../samples/fieldContext.js';
import type { SpecifiedEvent, SpecifiedHeader } from '../../spec/specification.js';
import { isSignatureName } from './specifiedScheme.js';

/** The headers of a specification as a description has them. */
export interface DescribedHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, ValueSpec>>;
  /** Names of headers with unknown content. */
  readonly unknown: readonly string[];
}

/** The names that a description has already. */
interface TakenNames {
  readonly headers: readonly string[];
  readonly values: Readonly<Record<string, ValueSpec>>;
}

/** Describes further headers of events in their letter case; leaves out those that the description has. */
export function describeHeaders(events: readonly SpecifiedEvent[], taken: TakenNames): DescribedHeaders {
  const headers: [name: string, template: string][] = [];
  const values = new Map(Object.entries(taken.values));
  const unknown: string[] = [];
  const known = new Set(taken.headers.map((name) => name.toLowerCase()));
  for (const header of events.flatMap((event) => event.headers)) {
    const { name } = header;
    if (known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    const described = describeHeader(header, events.length);
    if (described === null) unknown.push(name);
    else if ('template' in described) headers.push([name, described.template]);
    else headers.push([name, `{${nameValue(name, described.value, values)}}`]);
  }
  return { headers: Object.fromEntries(headers), values: Object.fromEntries(values), unknown };
}

/** The name of a header's value, which is added; times of one format are the same, ids are not. */
function nameValue(header: string, spec: ValueSpec, values: Map<string, ValueSpec>): string {
  const usual = spec.kind === 'time' ? 'timestamp' : 'delivery';
  const words = snakeCase(header);
  for (let number = 0; ; number++) {
    const name = number === 0 ? usual : number === 1 ? words : `${words}_${number}`;
    const found = values.get(name);
    if (found === undefined) values.set(name, spec);
    else if (spec.kind !== 'time' || !isDeepStrictEqual(found, spec)) continue;
    return name;
  }
}

type DescribedHeader = { readonly template: string } | { readonly value: ValueSpec };

function describeHeader({ name, value, example }: SpecifiedHeader, events: number): DescribedHeader | null {
  if (isSignatureName(name)) return null;
  if (/(?:^|-)(?:event|topic)(?:-(?:type|name|key))?$/i.test(name) && (value === null || events > 1))
    return { template: '{event}' };
  if (/timestamp$|-time$/i.test(name)) {
    const format = /T/.test(example ?? '')
      ? 'iso-seconds'
      : /^\d{13}$/.test(example ?? '')
        ? 'unix-millis'
        : 'unix-seconds';
    return { value: { kind: 'time', format } };
  }
  if (
    value === null &&
    /delivery(?:-id)?$|(?:unique|idempotency)-key$|(?:message|request|event|webhook|notification)-?id$/i.test(name)
  ) {
    return { value: idLike(example) };
  }
  const text = value ?? example;
  return text === null ? null : { template: text.replaceAll('{', '{{').replaceAll('}', '}}') };
}

function idLike(example: string | null): ValueSpec {
  const [, prefix, rest] = /^([a-z]{1,12}_)([A-Za-z0-9]{8,64})$/.exec(example ?? '') ?? [];
  return prefix === undefined ? { kind: 'uuid4' } : { kind: 'alphanumeric', length: rest!.length, prefix };
}

/** Headers with the type of the body in place of the usual one. */
export function withMediaType(headers: readonly HeaderSpec[], mediaType: string): Record<string, HeaderSpec[1]> {
  return Object.fromEntries(headers.map(([name, value]) => [name, /^content-type$/i.test(name) ? mediaType : value]));
}
