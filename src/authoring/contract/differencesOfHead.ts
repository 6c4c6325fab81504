import type { Provider } from '../../core/provider.js';
import { formOf } from '../../json/form.js';
import type { SpecifiedEvent } from '../../spec/specification.js';
import { describeHeaders } from '../specified/specifiedHeaders.js';
import { isSignatureName } from '../specified/specifiedScheme.js';

/** Returns the differences between requests and a specification: in their method, the kind of their body, and headers with known content. */
export function differencesOfHead(
  provider: Pick<Provider, 'method' | 'headers' | 'values' | 'dialect'>,
  events: readonly SpecifiedEvent[],
): string[] {
  const methods = distinct(events.map(({ method }) => method));
  const types = distinct(events.map(({ mediaType }) => (/form-urlencoded/i.test(mediaType) ? 'a form' : 'JSON')));
  const type = formOf(provider.dialect) ? 'a form' : 'JSON';
  const sent = provider.headers.map(([name]) => name);
  const { headers: lacking } = describeHeaders(events, { headers: sent, values: provider.values });
  return [
    ...(methods.length === 0 || methods.includes(provider.method)
      ? []
      : [`deliveries are sent with ${provider.method}, and with ${methods.join(', ')} in the specification.`]),
    ...(types.length === 0 || types.includes(type) || provider.dialect === 'text'
      ? []
      : [`bodies are ${type}, and ${types[0]} in the specification.`]),
    ...[...Object.keys(lacking), ...unsentSignature(sent, events)].map(
      (name) => `the header ${name} of the specification is not sent.`,
    ),
    ...provider.headers.flatMap((header) => otherValue(header, events)),
  ];
}

/** A header that always has another value in a specification. */
function otherValue([name, value]: Provider['headers'][number], events: readonly SpecifiedEvent[]): string[] {
  const headerNames = events.flatMap(({ headers }) =>
    headers.filter((each) => each.name.toLowerCase() === name.toLowerCase()),
  );
  const values = distinct(headerNames.map((each) => each.value));
  const [only] = values;
  if (values.length !== 1 || only === null || only === undefined) return [];
  if (typeof value !== 'string' || /[{}]/.test(value) || value === only) return [];
  return [`the header ${name} is ${value}, and ${only} in the specification.`];
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** A header of signatures, where none of those that are named is sent. */
function unsentSignature(sent: readonly string[], events: readonly SpecifiedEvent[]): string[] {
  const named = events.flatMap(({ headers }) => headers.map(({ name }) => name)).filter(isSignatureName);
  const known = new Set(sent.map((name) => name.toLowerCase()));
  return named.some((name) => known.has(name.toLowerCase())) ? [] : named.slice(0, 1);
}
