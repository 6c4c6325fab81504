import type { Attempt } from '../../core/attempt.js';
import type { NameOf } from '../../core/errors.js';
import { fingerprint } from '../../core/fingerprint.js';
import { insteadOfProof } from '../../core/insteadOfProof.js';
import type { Provider } from '../../core/provider.js';
import type { DeliveryEnded } from '../../core/run.js';
import { headerName, headerSources, templateSource } from '../../core/scheme.js';
import { contentSources, describeScheme, hasKeyPair } from '../../core/schemeFacts.js';
import type { Secret } from '../../core/secret.js';
import { senderProof } from '../../core/senderProof.js';

/** The names of commands and options in a hint. */
interface HintWords {
  readonly next?: string | undefined;
  readonly nameOf: NameOf;
}

/**
 * Returns a hint, in a sentence, on a delivery that was not accepted; null for none. `next` says how to find out why a signature was rejected,
 * `nameOf` how the user writes an option.
 */
export function hintFor(
  { outcome, attempts, delivery }: DeliveryEnded,
  provider: Provider,
  secrets: readonly Secret[],
  { next = '', nameOf }: HintWords,
): string | null {
  const attempt = attempts.at(-1)!;
  if (outcome === 'unreachable') {
    return attempt.error?.code === 'ECONNREFUSED'
      ? `Is the receiver running? ${new URL(delivery.url).host} refused the connection.`
      : null;
  }
  if (outcome === 'timed_out') return timeLimitHint(provider, delivery.event, nameOf);
  // A forgery is to be rejected.
  if (outcome !== 'rejected' || delivery.forge !== null) return null;
  switch (attempt.status) {
    case 400:
      return tlsHint(attempt, nameOf) ?? signatureHint(provider, secrets[0]!, next);
    case 401:
    case 403:
      return signatureHint(provider, secrets[0]!, next);
    case 404:
      return `${new URL(delivery.url).pathname} may not be the receiver's path. Put it into ${nameOf('to')}.`;
    case 405:
      return `The receiver does not take ${delivery.method} at this path.`;
    case 413:
      return 'The receiver, or a proxy before it, limits the size of a body.';
    case 415:
      return 'The receiver does not take this Content-Type: let its route take it.';
    case 502:
    case 504:
      return `${attempt.status} is what a proxy answers for a program behind it: see whether that runs, and where the proxy sends to.`;
    default:
      return null;
  }
}

/** Returns what servers answer in plain text or HTML where TLS is not as they want it: nginx and Go. */
function tlsHint({ response }: Attempt, nameOf: NameOf): string | null {
  const text = Buffer.from(response?.body.subarray(0, 2000) ?? []).toString('latin1');
  if (/plain HTTP request was sent to HTTPS port|sent an HTTP request to an HTTPS server/.test(text)) {
    return `The receiver takes TLS only: write https:// in ${nameOf('to')}.`;
  }
  return /No required SSL certificate was sent|The SSL certificate error/.test(text)
    ? `The receiver asks for a client certificate: give one with ${nameOf('cert')} and ${nameOf('key')}.`
    : null;
}

function timeLimitHint(provider: Provider, event: string, nameOf: NameOf): string {
  const limit = provider.events[event]?.policy?.timeLimit ?? provider.policy.timeLimit;
  return limit
    ? `${provider.title} gives a receiver ${limit.value} (${limit.certainty}). Answer first and work afterwards.`
    : `${provider.title} names no time limit: this one is webhook-sim's own, or that of ${nameOf('timeout')}. Answer first and work afterwards.`;
}

function signatureHint(provider: Provider, secret: Secret, next: string): string {
  const proof = senderProof(provider);
  if (proof === 'nothing')
    return `${provider.title} signs nothing: nothing in its requests proves who sent them, so the receiver can't ask for it. ${insteadOfProof}`;
  const proofs = ['secret', ...Object.keys(provider.signatures)];
  const isSigned = (text: string) => proofs.some((name) => text.includes(`{${name}}`));
  const signed = [
    ...provider.headers.map((header) => [headerName(header[0]), headerSources(header).join('')]),
    ...(provider.fields ?? []).map(([path, value]) => [`body ${path}`, templateSource(value)]),
  ].filter(([, text]) => isSigned(text!));
  const encodings = [...new Set(Object.values(provider.signatures).map(describeScheme))];
  // A token is masked wherever it is sent, as the sample secret then is.
  const which = secret.isSample
    ? `the sample secret${proof === 'secret' ? '' : ` "${secret.value}"`}`
    : `the secret of ${secret.source} (fingerprint ${fingerprint(secret.value)})`;
  const names = signed.map(([name]) => name).join(', ');
  const how = encodings.length > 0 ? ` (${encodings.join(', ')})` : '';
  const holds = hasKeyPair(provider) ? `the public key of it (webhook-sim keys ${provider.name})` : 'the same secret';
  const coversBody = Object.values(provider.signatures).some((options) =>
    contentSources(options).join().includes('{body}'),
  );
  const verified = coversBody ? ', and verify the raw body' : '';
  return `${proof === 'secret' ? 'With' : 'Signed with'} ${which} in ${names}${how}. Does the receiver hold ${holds}${verified}? ${next}`.trimEnd();
}
