import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import { isHash } from '../core/schemeFacts.js';
import { byteLists, shortestSecret } from '../core/secretForms.js';
import { withoutPadding } from '../core/withoutPadding.js';
import type { CheckCase } from './cases/case.js';
import { expectedOf } from './genuineTwins.js';

/** A case that is judged by the answers to all others; nothing is sent for it. */
export const leakCase: CheckCase = {
  name: 'secret-in-answer',
  class: 'must-reject',
  sent: 'the answers to all, searched for secrets and true signatures',
  why: 'A forger sends any body, reads the right signature in the answer, and sends the body again with it.',
  fix: 'Answer 401 with a fixed text; write what was expected into no answer, and the secret nowhere.',
  requires: 'nothing',
  judges: 'leaks',
  alone: true,
};

/** An answer that reveals the secret, or a signature that only its holders can make. */
export interface Leak {
  readonly event: DeliveryEnded;
  readonly what: 'the secret' | 'the signature that would be accepted';
}

const shortestSignature = 16;

/**
 * Finds the first answer that holds the secret, or the true signature of a forged request; null where none does. Text of the request itself is an
 * echo and no leak.
 */
export function findLeak(
  deliveries: readonly DeliveryEnded[],
  provider: Provider,
  secrets: readonly string[],
): Leak | null {
  const isShared = Object.values(provider.signatures).some((options) => isHash(options) || options.scheme === 'custom');
  const known = isShared
    ? secrets.filter((secret) => secret.length >= shortestSecret).map((each) => encodeForms(each))
    : [];
  for (const event of deliveries) {
    const { response } = event.attempts.at(-1)!;
    if (!response) continue;
    const answer = plain(`${formatHeaders(response.headers)}\n${Buffer.from(response.body).toString()}`);
    if (answer.length < shortestSecret) continue;
    const { url, headers, body } = event.delivery;
    const requestText = () => plain(`${url}\n${formatHeaders(headers)}\n${Buffer.from(body).toString()}`);
    const isLeaked = (forms: readonly Form[]) =>
      forms.some((form) => holds(answer, form)) && !forms.some((form) => holds(requestText(), form));
    if (known.some(isLeaked)) return { event, what: 'the secret' };
    const expected = (expectedOf.get(event.delivery) ?? []).filter((text) => text.length >= shortestSignature);
    if (expected.map(signatureForms).some(isLeaked)) return { event, what: 'the signature that would be accepted' };
  }
  return null;
}

/** A form in which a text may be written in an answer. */
interface Form {
  readonly text: string;
  readonly ignoresCase: boolean;
}

function holds(text: string, form: Form): boolean {
  return form.ignoresCase ? text.toLowerCase().includes(form.text) : text.includes(form.text);
}

/** A text, and the encodings of its bytes. */
function encodeForms(text: string): Form[] {
  return [{ text, ignoresCase: false }, ...encodings(Buffer.from(text))];
}

/** A signature as it is written, and its bytes in other encodings. */
function signatureForms(text: string): Form[] {
  const bytes = /^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  const isWritten = { text: withoutPadding(text), ignoresCase: false };
  return /^[\w+/-]+=*$/.test(text) ? [isWritten, ...encodings(bytes)] : [isWritten];
}

function encodings(bytes: Buffer): Form[] {
  const unpadded = (encoding: 'base64' | 'base64url') => withoutPadding(bytes.toString(encoding));
  return [
    { text: bytes.toString('hex'), ignoresCase: true },
    ...byteLists(bytes).map((text) => ({ text, ignoresCase: false })),
    { text: unpadded('base64'), ignoresCase: false },
    { text: unpadded('base64url'), ignoresCase: false },
  ];
}

function formatHeaders(headers: readonly (readonly [string, string])[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** Removes the escapes of JSON, HTML and URLs for the characters of base64. */
function plain(text: string): string {
  return text.replace(/\\\/|&#x2f;|&#47;|%2f/gi, '/').replace(/\\u002b|&#x2b;|&#43;|%2b/gi, '+');
}
