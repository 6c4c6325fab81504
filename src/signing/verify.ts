import { timingSafeEqual } from 'node:crypto';
import type { Header } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { templateNames } from '../core/template.js';
import { extract } from './extract.js';
import { deriveKey } from './key.js';
import { sign } from './sign.js';
import {
  type HeaderTemplate,
  readHeaderTemplates,
  readSignatureTemplates,
  type SignatureTemplate,
} from './templates.js';

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

type Signatures = ReadonlyMap<string, SignatureTemplate>;

/**
 * Verifies a request by a provider's own description: takes the values (timestamp, id) from the headers that came,
 * computes the signatures anew and compares them. Any of the secrets may fit. The age of a timestamp is not judged.
 * Whatever came is an answer, never an error; it throws a UsageError only for a bad template or secret of our own.
 */
export function verify(provider: Provider, request: ReceivedRequest, secrets: readonly string[]): Verification {
  const signatures = readSignatureTemplates(provider);
  const headers = readHeaderTemplates(provider);
  const proofs = new Set(headers.flatMap(namesIn).filter((name) => name === 'secret' || signatures.has(name)));
  const needed = signedNames(signatures, proofs);
  const found = new Map<string, Set<string>>();
  for (const header of headers.filter((candidate) => namesIn(candidate).some((name) => needed.has(name)))) {
    const problem = collect(header, request, found);
    if (problem) return { ok: false, reason: `the header ${header.name} ${problem}` };
  }
  for (const name of needed) {
    if (proofs.has(name) || signatures.has(name)) continue;
    const values = found.get(name)?.size ?? 0;
    if (values === 0 && !supplied.includes(name))
      return { ok: false, reason: `no header tells the ${name} that was signed` };
    if (values > 1) return { ok: false, reason: `the headers tell more than one ${name}` };
  }
  const value = (name: string, secret: string): string | Uint8Array => {
    const signature = signatures.get(name);
    if (signature) return recompute(signature, secret, value);
    if (name === 'body') return request.body;
    if (name === 'method') return request.method;
    if (name === 'url') return request.url;
    if (name === 'secret') return secret;
    return [...found.get(name)!][0]!;
  };
  const fits = secrets.some((secret) =>
    [...proofs].every((name) => {
      const expected = Buffer.from(value(name, secret));
      return [...found.get(name)!].some((text) => equal(Buffer.from(text), expected));
    }),
  );
  return fits ? { ok: true } : { ok: false, reason: 'the signature does not match the body and the secret' };
}

/** What templates name and no header has to tell. */
const supplied = ['body', 'method', 'url', 'secret'];

function namesIn({ head, each }: HeaderTemplate): string[] {
  return [...templateNames(head), ...templateNames(each)];
}

/** The names of the proofs and of all that goes into them. */
function signedNames(signatures: Signatures, proofs: ReadonlySet<string>): Set<string> {
  const names = new Set(proofs);
  for (const name of names) {
    const signature = signatures.get(name);
    for (const part of signature ? templateNames(signature.content) : []) names.add(part);
  }
  return names;
}

/** Adds what a header tells to `found`; returns what is wrong with it, or null. A doubled header has no one meaning. */
function collect(header: HeaderTemplate, request: ReceivedRequest, found: Map<string, Set<string>>): string | null {
  const name = header.name.toLowerCase();
  const texts = request.headers.filter(([received]) => received.toLowerCase() === name).map(([, text]) => text);
  const [text] = texts;
  if (text === undefined) return 'is missing';
  if (texts.length > 1) return 'came more than once';
  if (text === '') return 'is empty';
  const extracted = extract(header, text);
  if (!extracted) return "has another form than the provider's";
  for (const [part, value] of extracted) found.set(part, (found.get(part) ?? new Set()).add(value));
  return null;
}

function recompute(
  { options, content }: SignatureTemplate,
  secret: string,
  value: (name: string, secret: string) => string | Uint8Array,
): string {
  const key = options.scheme === 'hmac' ? deriveKey(secret, options.key) : new Uint8Array();
  return sign(
    options,
    key,
    content.map((part) => ('name' in part ? value(part.name, secret) : part.text)),
  );
}

function equal(received: Uint8Array, expected: Uint8Array): boolean {
  return received.length === expected.length && timingSafeEqual(received, expected);
}
