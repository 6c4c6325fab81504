import type { Provider } from '../core/provider.js';
import { statusOf } from '../core/status.js';
import { answerHandshake, type HandshakeAnswer } from '../delivery/answerHandshake.js';
import { inHandshake } from '../delivery/handshake.js';
import type { ReceivedRequest } from '../delivery/receivedRequest.js';
import { recogniseHandshake } from '../delivery/recogniseHandshake.js';
import { type Verification, verifyAsync } from '../delivery/verify.js';
import { eventIn } from '../payloads/eventIn.js';

/** What a receiver knows. */
export interface Knowledge {
  readonly provider: Provider;
  readonly secrets: readonly string[];
  /** The addresses by which its provider may know it; none means the one that was asked for. */
  readonly addresses: readonly string[];
}

export interface ReceiverAnswer {
  readonly verification: Verification;
  /** Null for a plain 200. */
  readonly accepting: HandshakeAnswer | null;
}

/** What a right receiver makes of a request, and what it answers where the signature holds. */
export async function answerTo(
  arrived: ReceivedRequest,
  { provider, secrets, addresses }: Knowledge,
): Promise<ReceiverAnswer> {
  const handshake = recogniseHandshake(provider, arrived);
  const request = handshake ? { ...arrived, handshake: handshake.name } : arrived;
  const sender = handshake ? inHandshake(provider, handshake) : provider;
  const query = new URL(request.url).search;
  const known = addresses.map((address) =>
    address.includes('?') ? address + query.replace('?', '&') : address + query,
  );
  const requests = known.length > 0 ? known.map((url) => ({ ...request, url })) : [request];
  const found = await fitting(sender, requests, secrets);
  if (!found) return { verification: await verifyAsync(sender, requests[0]!, secrets), accepting: null };
  const ok = { verification: { ok: true }, accepting: null } as const;
  if (handshake) {
    return { ...ok, accepting: await answerHandshake(handshake, { provider, secret: found.secret }, found.each) };
  }
  const status = statusOf(successOf(provider, request));
  return status === 200 ? ok : { ...ok, accepting: { status, headers: [], body: '' } };
}

/** The first request that is genuine under a secret; null where none is. */
async function fitting(sender: Provider, requests: readonly ReceivedRequest[], secrets: readonly string[]) {
  for (const each of requests) {
    for (const secret of secrets) if ((await verifyAsync(sender, each, [secret])).ok) return { each, secret };
  }
  return null;
}

function successOf(provider: Provider, { body }: ReceivedRequest): string {
  const event = provider.events[eventIn(provider, body) ?? ''];
  return (event?.policy?.success ?? provider.policy.success).value;
}
