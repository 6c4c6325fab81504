import { timingSafeEqual } from 'node:crypto';
import type { Header } from '../core/delivery.js';
import type { HeaderSpec, Provider } from '../core/provider.js';
import { parseTemplate, type Template, templateNames } from '../core/template.js';
import { deriveKey } from './key.js';
import { sign } from './sign.js';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  /** As they came, in order and letter case. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** Whether a request carries a provider's signature; `reason` says in a sentence why not. */
export type Verification = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const builtIn = ['body', 'event', 'method', 'url', 'secret'];

/**
 * Verifies a request by a provider's own description: takes the values (timestamp, id) from the headers that came,
 * computes the signatures anew and compares them. Any of the secrets may fit. The age of a timestamp is not judged.
 */
export function verify(provider: Provider, request: ReceivedRequest, secrets: readonly string[]): Verification {
  const names = Object.keys(provider.signatures);
  const known = [...builtIn, ...Object.keys(provider.values), ...names];
  const found = new Map<string, string[]>();
  for (const [name, value] of provider.headers) {
    const template = parseTemplate(typeof value === 'string' ? value : value.each, known, `header ${name}`);
    if (templateNames(template).every((part) => !(part in provider.values) && !names.includes(part))) continue;
    const text = request.headers.find(([received]) => received.toLowerCase() === name.toLowerCase())?.[1];
    if (text === undefined) return { ok: false, reason: `the header ${name} is missing` };
    if (!extract(value, template, text, found))
      return { ok: false, reason: `the header ${name} has another form than the provider's` };
  }
  const fits = secrets.some((secret) => names.every((name) => matches(provider, request, secret, name, found)));
  return fits ? { ok: true } : { ok: false, reason: 'the signature does not match the body and the secret' };
}

/** Reads a header by its template into `found`; false where it does not have that form. */
function extract(spec: HeaderSpec[1], template: Template, text: string, found: Map<string, string[]>): boolean {
  if (typeof spec === 'string') return collect(template, text, found);
  const headTemplate = parseHead(spec.head ?? '');
  const head = new RegExp(`^${pattern(headTemplate)}`).exec(text);
  if (!head) return false;
  record(headTemplate, head, found);
  const parts = text.slice(head[0].length).split(spec.join);
  return parts.map((part) => collect(template, part, found)).some(Boolean);
}

function parseHead(head: string): Template {
  const names = [...head.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  return parseTemplate(head, names, 'head');
}

function collect(template: Template, text: string, found: Map<string, string[]>): boolean {
  const match = new RegExp(`^${pattern(template)}$`).exec(text);
  if (match) record(template, match, found);
  return match !== null;
}

function pattern(template: Template): string {
  return template
    .map((part) => ('name' in part ? '([^,; ]+)' : part.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
}

function record(template: Template, match: RegExpExecArray, found: Map<string, string[]>): void {
  templateNames(template).forEach((name, i) => {
    found.set(name, [...(found.get(name) ?? []), match[i + 1]!]);
  });
}

function matches(
  provider: Provider,
  request: ReceivedRequest,
  secret: string,
  name: string,
  found: Map<string, string[]>,
): boolean {
  const options = provider.signatures[name]!;
  const value = (part: string): string | Uint8Array => {
    if (part === 'body') return request.body;
    if (part === 'method') return request.method;
    if (part === 'url') return request.url;
    if (part === 'secret') return secret;
    return found.get(part)?.[0] ?? '';
  };
  const names = [...builtIn, ...Object.keys(provider.values), ...Object.keys(provider.signatures)];
  const content = parseTemplate(options.content, names, name).map((part) =>
    'name' in part ? value(part.name) : part.text,
  );
  const key = options.scheme === 'hmac' ? deriveKey(secret, options.key) : new Uint8Array();
  const expected = Buffer.from(sign(options, key, content));
  return (found.get(name) ?? []).some((text) => {
    const received = Buffer.from(text);
    return received.length === expected.length && timingSafeEqual(received, expected);
  });
}
