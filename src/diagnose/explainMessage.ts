import type { ExplainedMistake } from '../core/diagnosis.js';
import { formatDuration } from '../core/duration.js';
import { coverageOf } from '../core/schemeFacts.js';
import { type MessageFault, receivedTime, resolveMessageSignatures } from '../verify/messageSignature.js';
import type { Case } from './hypothesis.js';

/** The change that fixes each fault. */
const changes: Readonly<Record<MessageFault, string>> = {
  missing: 'Both Signature-Input and Signature have to come. Send them, or find out what removes one on the way.',
  syntax:
    'Write it as RFC 8941 has it: names of components in quotes and in lower case with one space between them, texts of parameters in quotes, times as plain numbers, and the signature as Base64 between colons.',
  label: 'Signature-Input and Signature have to use one label.',
  coverage:
    'Sign all that the description names; who verifies less lets the sender choose what is verified. If the sender is right, take it out of components.',
  parameter: 'Send the parameters that the description names. If the sender is right, change them there.',
  component: 'Send what is signed as it was signed, or find out what removes or rewrites it on the way.',
  digest:
    'Hash the raw bytes that are sent (Content-Digest: sha-256=:Base64:), and compare with the raw bytes that came: nothing may parse or rewrite the body in between.',
};

const dimensions: Readonly<Record<MessageFault, ExplainedMistake['dimension']>> = {
  missing: 'header',
  syntax: 'header',
  label: 'header',
  coverage: 'content',
  parameter: 'content',
  component: 'content',
  digest: 'body',
};

/** A case whose signatures by RFC 9421 cover the parts that the request names; with their fault before a key is tried, else null. */
export interface MessageCase {
  readonly given: Case;
  readonly fault: ExplainedMistake | null;
}

/** Reads the signatures by RFC 9421 of a case; a digest that is not that of the body is a fault, but its signature can still be explained. */
export function readMessageCase(given: Case): MessageCase {
  const { provider, request } = given;
  const judged = resolveMessageSignatures(provider, request);
  if (!('reason' in judged)) return { given: { ...given, ...judged }, fault: null };
  const { reason, fault } = judged;
  const explained: ExplainedMistake = {
    name: `message-${fault}`,
    dimension: dimensions[fault],
    says: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
    change: changes[fault],
  };
  const resolved = fault === 'digest' ? resolveMessageSignatures(provider, request, 'ignored') : judged;
  return { given: 'reason' in resolved ? given : { ...given, ...resolved }, fault: explained };
}

/** Returns whether any signature of a case is by RFC 9421. */
export function signsMessages({ provider }: Pick<Case, 'provider'>): boolean {
  return Object.values(provider.signatures).some(coverageOf);
}

/** Returns the reason why a message with a right signature is no longer valid; null where it is. */
export function messageExpiry({ provider, request, now, nameOf }: Case): ExplainedMistake | null {
  const expires = receivedTime(provider, request, 'expires');
  if (expires === null || expires.ms > now) return null;
  return {
    name: 'message-expired',
    dimension: 'time',
    says: `The signature expired ${formatDuration(now - expires.ms)} ago, as its parameter expires says.`,
    change: `Set the clocks of the sender and of the receiver, or give the time at which it came with ${nameOf('now')}.`,
  };
}
