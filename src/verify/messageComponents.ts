import type { ReceivedRequest } from '../core/delivery.js';
import { readUrl } from '../core/readUrl.js';
import { receivedTexts } from '../delivery/requestVariables.js';
import { encodeParameter } from '../signing/messageSignature.js';
import {
  type BareItem,
  type FieldItem,
  parseDictionary,
  StructuredFieldError,
  writeItem,
  writeMember,
} from '../signing/structuredFields.js';

/** A message as a signature covers it: a request or, where it has a status, the answer to it. */
export type CoveredMessage = ReceivedRequest & { readonly status?: number };

/** A message that has no value for a component that is covered. */
export class ComponentError extends Error {}

const derived: Readonly<Record<string, string>> = {
  '@method': 'method',
  '@target-uri': 'url',
  '@authority': 'host',
  '@scheme': '@scheme',
  '@path': 'path',
  '@query': '@query',
};

/** The line of a signature base for a component. Throws a ComponentError where the message has no value for it. */
export function componentLine(component: FieldItem, message: CoveredMessage): string {
  return `${writeItem(component)}: ${componentValue(component, message)}`;
}

/** The name of a component: a header's in lower case, or one that begins with "@". */
export function componentName({ value }: FieldItem): string {
  if (value.kind !== 'string') throw new ComponentError('names a component without quotes');
  return value.text;
}

function componentValue(component: FieldItem, message: CoveredMessage): string {
  const name = componentName(component);
  const { parameters } = component;
  const shown = writeItem(component);
  for (const unsupported of ['req', 'tr']) {
    if (parameters.has(unsupported))
      throw new ComponentError(`covers ${shown}, which is not of the request and its headers`);
  }
  if (!name.startsWith('@')) return headerValue(component, name, message);
  if (name === '@query-param') return queryParameter(component, message);
  if (name === '@status' && message.status !== undefined) return String(message.status);
  const texts = receivedTexts(message.method, message.url);
  if (name === '@request-target') return `${texts.get('path')}${texts.get('query')}`;
  const text = Object.hasOwn(derived, name) ? texts.get(derived[name]!) : undefined;
  if (text === undefined) throw new ComponentError(`covers ${shown}, which is no component of a request`);
  return text;
}

function headerValue({ parameters, ...component }: FieldItem, name: string, message: CoveredMessage): string {
  if (name !== name.toLowerCase()) {
    throw new ComponentError(`covers "${name}", which must be written in lower case`);
  }
  const texts = headerLines(message, name);
  const key = parameters.get('key');
  if (parameters.has('bs'))
    return texts.map((text) => `:${Buffer.from(text, 'latin1').toString('base64')}:`).join(', ');
  const whole = texts.join(', ');
  if (key === undefined && !parameters.has('sf')) return whole;
  const members = dictionaryOf(whole, name);
  if (key === undefined) return [...members].map(([member, value]) => `${member}=${writeMember(value)}`).join(', ');
  const member = members.get(textOf(key));
  if (!member)
    throw new ComponentError(`covers ${writeItem({ ...component, parameters })}, which ${name} does not have`);
  return writeMember(member);
}

/** The texts of a header, each without white space around it and without folded lines. */
function headerLines({ headers, body, url }: CoveredMessage, name: string): string[] {
  const found = headers.filter(([candidate]) => candidate.toLowerCase() === name);
  if (found.length > 0) return found.map(([, text]) => text.trim().replace(/\s*\r?\n\s+/g, ' '));
  // Both are added by HTTP itself, and left out where a request was written down.
  if (name === 'content-length') return [String(body.length)];
  const host = name === 'host' ? readUrl(url)?.host : undefined;
  if (host !== undefined) return [host];
  throw new ComponentError(`covers ${name}, and there is no such header`);
}

function dictionaryOf(text: string, name: string) {
  try {
    return parseDictionary(text);
  } catch (error) {
    if (!(error instanceof StructuredFieldError)) throw error;
    throw new ComponentError(`covers ${name} as a structured field, and it is none`);
  }
}

function queryParameter({ parameters }: FieldItem, { url }: CoveredMessage): string {
  const name = parameters.get('name');
  if (name === undefined) throw new ComponentError('covers "@query-param" without a name');
  const wanted = textOf(name);
  const found = [...(readUrl(url)?.searchParams ?? [])].filter(([candidate]) => encodeParameter(candidate) === wanted);
  if (found.length === 1) return encodeParameter(found[0]![1]);
  const often = found.length === 0 ? 'not' : 'more than once';
  throw new ComponentError(`covers the parameter ${wanted} of the query, which is ${often} there`);
}

function textOf(value: BareItem): string {
  return 'text' in value ? value.text : '';
}
