import type { ReceivedRequest } from '../core/delivery.js';
import type { RequestEvent } from '../core/diagnosis.js';
import { identityKinds } from '../core/identity.js';
import type { Incoming, Listened, ListenVerdict } from '../core/listened.js';
import type { Provider } from '../core/provider.js';
import { providerInReceivedMode } from '../core/providerMode.js';
import type { Secret } from '../core/secret.js';
import { findSecretParameters } from '../core/secretParameters.js';
import { senderProof } from '../core/senderProof.js';
import { carriesSecret } from '../delivery/header.js';
import { openBody } from '../delivery/openedBody.js';
import { isInQuery, payloadRequest, splitPayload } from '../delivery/queryPayload.js';
import { findProofPlaces } from '../delivery/recognizeProviders.js';
import { type HandshakeAnswer, recogniseHandshake } from '../handshake/answerHandshake.js';
import { parsePath } from '../json/path.js';
import { readPayload } from '../json/readPayload.js';
import { findIdentityGroup } from '../payloads/identityRenewal.js';
import { readRequestEvent } from '../payloads/prepare.js';
import { answerRequest } from '../receiver/answerRequest.js';
import { extract } from '../signing/extract.js';
import { readHeaderTemplates } from '../signing/templates.js';
import type { Verification } from '../verify/verify.js';

/** A provider whose requests may come, and what verifies them. */
export interface KnownSender {
  readonly provider: Provider;
  /** At least one. */
  readonly secrets: readonly Secret[];
}

/** The senders and addresses of a listener. */
export interface ListenerKnowledge {
  /** Returns the senders that a request may be of; more than one where it is ambiguous. */
  readonly sendersOf: (request: ReceivedRequest) => Promise<readonly KnownSender[]>;
  /** The addresses by which a provider may know the listener; empty for the one requested. */
  readonly addresses: readonly string[];
}

/** A judged request, before it is answered. */
export interface JudgedRequest
  extends Pick<
    Listened,
    | 'provider'
    | 'candidates'
    | 'event'
    | 'handshake'
    | 'deliveryId'
    | 'verdict'
    | 'reason'
    | 'secretHeaders'
    | 'secretParameters'
  > {
  readonly sender: KnownSender | null;
  /** The answer that its provider expects to a genuine one; null for a plain 200. */
  readonly accepting: HandshakeAnswer | null;
}

/** Finds the sender of a request, and whether it is genuine. */
export async function judgeRequest(
  request: Incoming,
  { sendersOf, addresses }: ListenerKnowledge,
): Promise<JudgedRequest> {
  const senders = await sendersOf(request);
  const tries = await Promise.all(senders.map((sender) => judgeAs(sender, request, addresses)));
  const best = tries.find(({ verdict }) => verdict === 'genuine') ?? (tries.length === 1 ? tries[0] : undefined);
  if (best) return best;
  const names = senders.map(({ provider }) => provider.name);
  return {
    sender: null,
    provider: null,
    candidates: names,
    event: null,
    handshake: null,
    deliveryId: null,
    verdict: 'unknown',
    reason: names.length > 1 ? `it may be a request of ${names.join(' or ')}` : null,
    secretHeaders: secretHeaders(request, []),
    secretParameters: findSecretParameters(request.url, carriesSecret),
    accepting: null,
  };
}

async function judgeAs(known: KnownSender, request: Incoming, addresses: readonly string[]): Promise<JudgedRequest> {
  const sender = { ...known, provider: providerInReceivedMode(known.provider, request) };
  const { provider, secrets } = sender;
  const { verification, accepting } = await answerRequest(request, {
    provider,
    secrets: secrets.map(({ value }) => value),
    addresses,
    now: request.at,
  });
  await openBody(
    provider,
    request,
    secrets.map(({ value }) => value),
  );
  const { name, title } = provider;
  const event = eventOf(provider, request);
  const proofs = findProofPlaces(provider);
  const isProvable = senderProof(provider) !== 'nothing';
  const verdict: ListenVerdict = !verification.ok ? 'false' : isProvable ? 'genuine' : 'unknown';
  return {
    sender,
    provider: { name, title },
    candidates: [],
    event,
    handshake: recogniseHandshake(provider, request)?.name ?? null,
    deliveryId: deliveryIdOf(provider, event?.name, request),
    verdict,
    reason: reasonOf(verification, isProvable),
    secretHeaders: secretHeaders(request, proofs.headers),
    secretParameters: secretParameters(provider, request, proofs.query),
    accepting,
  };
}

function reasonOf(verification: Verification, isProvable: boolean): string | null {
  if (!verification.ok) return verification.reason;
  return isProvable ? (verification.remark ?? null) : 'nothing in it proves who sent it';
}

function eventOf(provider: Provider, request: ReceivedRequest): RequestEvent | null {
  const name = readRequestEvent(provider, payloadRequest(provider, request));
  return name === null ? null : { name, isKnown: Object.hasOwn(provider.events, name) };
}

const idKinds: ReadonlySet<string> = new Set(identityKinds);

/** The id by which receivers of a provider know a delivery again: that of a header, or of the body. */
function deliveryIdOf(provider: Provider, event: string | undefined, request: ReceivedRequest): string | null {
  for (const template of readHeaderTemplates(provider)) {
    const received = request.headers.find(([name]) => name.toLowerCase() === template.name.toLowerCase());
    const values = received && extract(template, received[1]);
    const id = values?.find(([name]) => idKinds.has(provider.values[name]?.kind ?? ''));
    if (id) return id[1];
  }
  const group = event === undefined ? undefined : findIdentityGroup(provider.identities, event);
  const path = group?.ids.find(({ deduplicates, path }) => deduplicates && path !== undefined)?.path;
  if (path === undefined) return null;
  const { body } = payloadRequest(provider, request);
  return readPayload(body, provider.dialect).textsAt(parsePath(path))[0] ?? null;
}

/** The headers whose values are not shown: those of a provider's proof that sign nothing are the secret itself. */
function secretHeaders({ headers }: ReceivedRequest, proofs: readonly string[]): string[] {
  const known = new Set(proofs.map((name) => name.toLowerCase()));
  const names = headers.map(([name]) => name.toLowerCase());
  return [...new Set(names.filter((name) => carriesSecret(name) && !isSignature(name, known)))];
}

/** The query parameters whose values are not shown; those of a payload are shown as any body is. */
function secretParameters(provider: Provider, { url }: ReceivedRequest, proofs: readonly string[]): string[] {
  const address = isInQuery(provider) ? splitPayload(provider, url).url : url;
  const known = new Set(proofs);
  return findSecretParameters(address, (name) => carriesSecret(name) && !isSignature(name, known));
}

/** Returns whether a header or parameter of this name holds a signature, which reveals nothing without the secret. */
function isSignature(name: string, proofs: ReadonlySet<string>): boolean {
  return proofs.has(name) && /sig|hmac|digest/.test(name);
}
