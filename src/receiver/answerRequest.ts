import type { ReceivedRequest } from '../core/delivery.js';
import { formatDuration } from '../core/duration.js';
import type { Provider } from '../core/provider.js';
import { providerInReceivedMode } from '../core/providerMode.js';
import { plainestStatus } from '../core/status.js';
import { openBody } from '../delivery/openedBody.js';
import { payloadRequest } from '../delivery/queryPayload.js';
import { answerHandshake, type HandshakeAnswer, recogniseHandshake } from '../handshake/answerHandshake.js';
import { inHandshake } from '../handshake/handshake.js';
import { readRequestEvent } from '../payloads/prepare.js';
import { receivedTime } from '../verify/messageSignature.js';
import { signedTime } from '../verify/signedTime.js';
import { type Verification, verifyReceivedAsync } from '../verify/verify.js';

/** The provider and secrets of a receiver. */
export interface Knowledge {
  readonly provider: Provider;
  readonly secrets: readonly string[];
  /** The addresses by which its provider may know it; empty for the one requested. */
  readonly addresses: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ReceiverAnswer {
  readonly verification: Verification;
  /** Null for a plain 200. */
  readonly accepting: HandshakeAnswer | null;
}

/** Returns what a right receiver makes of a request, and what it answers where the signature holds and is not old. */
export async function answerRequest(
  arrived: ReceivedRequest,
  { provider: usual, secrets, addresses, now }: Knowledge,
): Promise<ReceiverAnswer> {
  const provider = providerInReceivedMode(usual, arrived);
  await openBody(provider, arrived, secrets);
  const handshake = recogniseHandshake(provider, arrived);
  const request = handshake ? { ...arrived, handshake: handshake.name } : arrived;
  const sender = handshake ? inHandshake(provider, handshake) : provider;
  const query = new URL(request.url).search;
  const known = addresses.map((address) =>
    address.includes('?') ? address + query.replace('?', '&') : address + query,
  );
  const requests = known.length > 0 ? known.map((url) => ({ ...request, url })) : [request];
  const found = await fitting(sender, requests, secrets);
  if (!found) return { verification: await verifyReceivedAsync(sender, requests[0]!, secrets), accepting: null };
  const reason = rejectionReason(sender, request, now);
  if (reason !== null) return { verification: { ok: false, reason }, accepting: null };
  const ok = { verification: found.verification, accepting: null };
  if (handshake) {
    return { ...ok, accepting: await answerHandshake(handshake, { provider, secret: found.secret }, found.each) };
  }
  const status = plainestStatus(successOf(provider, request));
  return status === 200 ? ok : { ...ok, accepting: { status, headers: [], body: '' } };
}

/** The first request that is genuine under a secret; null where none is. */
async function fitting(sender: Provider, requests: readonly ReceivedRequest[], secrets: readonly string[]) {
  for (const each of requests) {
    for (const secret of secrets) {
      const verification = await verifyReceivedAsync(sender, each, [secret]);
      if (verification.ok) return { each, secret, verification };
    }
  }
  return null;
}

/** Milliseconds by which a time that is signed may be off: what most providers name. */
const toleranceMs = 5 * 60_000;

/** Returns the problem with the signed time; null where there is none, or no time. */
function rejectionReason(provider: Provider, request: ReceivedRequest, now: number): string | null {
  const expires = receivedTime(provider, request, 'expires');
  if (expires && expires.ms <= now) return `the signature expired ${formatDuration(now - expires.ms)} ago`;
  const time = signedTime(provider, request);
  if (time === null) return null;
  if (time.ms === null) return 'the time that was signed is no time';
  const off = now - time.ms;
  if (Math.abs(off) <= toleranceMs) return null;
  const when = off > 0 ? 'ago' : 'from now';
  return `the time that was signed is ${formatDuration(Math.abs(off))} ${when}, and ${formatDuration(toleranceMs)} are allowed`;
}

function successOf(provider: Provider, request: ReceivedRequest): string {
  const event = provider.events[readRequestEvent(provider, payloadRequest(provider, request)) ?? ''];
  return (event?.policy?.success ?? provider.policy.success).value;
}
