import type { Attempt } from '../core/attempt.js';
import type { AdviceFacts } from './adviceText.js';
import { gatewayAdvice } from './describeFailure.js';
import { describeComparedValues } from './schemeAdvice.js';

/** Returns the change to make where a status shows a limit of the receiver, or of a proxy in front of it; null where it does not. */
export function adviceForLimit(status: number | null): string | null {
  switch (status) {
    case 411:
      return 'Take bodies without Content-Length, which come in chunks.';
    case 413:
      return 'Raise the limit for the size of a body, at this route and in a proxy before it.';
    case 415:
      return 'Take the Content-Type of this request on this route.';
    case 429:
      return 'Leave this route out of the rate limit.';
    default:
      return null;
  }
}

/** Returns advice where the plain event was not accepted, by the receiver's answer; null where no answer is known. */
export function answerAdvice(attempt: Attempt | null, facts: AdviceFacts): string {
  if (attempt?.error) return adviceForError(attempt.error);
  const status = attempt?.status ?? null;
  if (status === null) return 'Read the log of the receiver.';
  if (status === 404 || status === 410)
    return 'Put the path of the receiver into its address: there is nothing at this one.';
  if (status === 405)
    return `Put the path of the receiver into its address: this one does not take ${facts.provider.method}.`;
  if (status >= 500)
    return gatewayAdvice([status]) ?? `Read the log of the receiver: it answers ${status} to a genuine delivery.`;
  if (status >= 300 && status < 400)
    return 'Send to the final address, or take the route out of what redirects it, such as a login or a redirect to HTTPS.';
  // A rejection of the content, or of the signature.
  return (
    adviceForLimit(status) ??
    (status === 401 || status === 403
      ? describeComparedValues(facts)
      : `Read in the log of the receiver whether it rejects the content or the signature. For the signature: ${describeComparedValues(facts)}`)
  );
}

function adviceForError({ kind, phase, code }: NonNullable<Attempt['error']>): string {
  if (kind === 'timed_out')
    return 'Find out in its log what the receiver does with the request: no answer came within the time limit.';
  if (code === 'ECONNREFUSED') return 'Start the receiver, or send to another address: nothing listens at this one.';
  if (phase === 'dns') return 'Look at the host of the address: its name was not found.';
  if (phase === 'connect') return 'Look at the host and port of the address: no connection to them came about.';
  if (phase === 'tls')
    return 'Look at the certificate and the scheme (http or https) of the address: TLS did not come about.';
  return 'Read the log of the receiver: it ended the connection without a complete answer.';
}
