import type { Delivery } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Forgery } from '../../core/forgery.js';
import { insteadOfProof } from '../../core/insteadOfProof.js';
import type { Provider } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import { signsByFunction } from '../../core/schemeFacts.js';
import { senderProof } from '../../core/senderProof.js';
import { compileDelivery, compileWithTexts, type DeliveryMaker } from '../../delivery/compile.js';
import { dependsOnBody } from '../../delivery/readValues.js';
import { findProofPlaces } from '../../delivery/recognizeProviders.js';
import type { DeliverySource } from '../../delivery/source.js';
import { equivalenceReason, findForgery } from '../../forge/forgeries.js';
import { buildFailureReason } from '../../forge/neededFields.js';
import { findIdentityGroup } from '../../payloads/identityRenewal.js';
import { bodyOfAnother } from '../../payloads/prepare.js';
import { type EventRules, eventRules } from '../../policy/rules.js';
import { planDeliveries } from '../../simulate/plan.js';
import {
  createSequence,
  drawSeed,
  expectedOf,
  expectedSignatures,
  type GenuineBuilder,
  oneDelivery,
} from '../genuineTwins.js';
import { createBody, createOtherBody, type PreparedBody } from './bodies.js';
import type { CaseSource, CheckCase } from './case.js';
import { leftOutReason, unbuildableReason } from './cases.js';
import { foreignSource } from './foreignSource.js';
import { plainCase } from './mustAccept.js';
import { overrideWire } from './wire.js';

/** A case that is ready to be sent, or the reason why it is left out. */
export type PreparedCase =
  | { readonly case: CheckCase; readonly leftOut: string }
  | {
      readonly case: CheckCase;
      readonly leftOut: null;
      readonly rules: EventRules;
      /** Its deliveries, made as they are asked for; `earlierBody` is that of a delivery that was accepted. */
      readonly deliveries: (earlierBody: Uint8Array) => AsyncIterable<Delivery>;
    };

/** Makes the parts of a case that need no answer. Throws a UsageError for wrong options. */
export async function prepareCase(each: CheckCase, own: CaseSource): Promise<PreparedCase> {
  const unprovable = each.isForeign ? unprovableReason(own.provider) : null;
  if (unprovable !== null) return { case: each, leftOut: unprovable };
  const source = each.isForeign ? foreignSource(own) : own;
  const { provider, secrets } = source;
  const prepared = await bodyOrReason(each, source);
  if (typeof prepared === 'string') return { case: each, leftOut: prepared };
  if (prepared === null)
    return {
      case: each,
      leftOut: `the description of ${provider.title} names no identities, and there is one sample only, so all have the same body`,
    };
  const forgery = buildForgery(each);
  const forged = { body: prepared.payload.bytes, secrets: secrets.map(({ value }) => value) };
  const leftOut = leftOutReason(each, provider) ?? (forgery && equivalenceReason(forgery, provider, forged));
  if (leftOut !== null) return { case: each, leftOut };
  const otherBody = await loadOtherBody(source);
  const compiled = (earlierBody: Uint8Array): DeliverySource => ({
    ...source,
    event: prepared.sentEvent,
    url: source.urlFor(prepared.sentEvent),
    publicUrl: source.publicUrlFor?.(prepared.sentEvent),
    forgery,
    otherBody: each.takesEarlierSignature ? earlierBody : otherBody,
    ...(each.framing && { framing: each.framing }),
  });
  if (signsByFunction(provider)) {
    const { validateCustomSigner, customMissingReason } = await import('../../verify/tryFunctions.js');
    if (each.name === plainCase.name) await validateCustomSigner(compiled(otherBody), prepared.payload.bytes);
    const unsigned = await customMissingReason(compiled(otherBody), prepared.payload.bytes);
    if (unsigned !== null) return { case: each, leftOut: unsigned };
  }
  const rules = eventRules(own.provider, own.provider.events[each.isForeign ? own.event : prepared.event]);
  if (each.judges) return { case: each, leftOut: null, rules, deliveries: nothingToSend };
  const compile = (earlierBody: Uint8Array) => compileDelivery(compiled(earlierBody));
  const compileHonest = (earlierBody: Uint8Array) =>
    compileWithTexts({ ...compiled(earlierBody), forgery: null }, Object.keys(provider.signatures));
  const earlierBody = each.takesEarlierSignature ? (await createBody(undefined, source)).payload.bytes : otherBody;
  const make = compile(earlierBody);
  const trial = () => {
    const making = { ...source, random: seededRandom(0), prepared, rules, make };
    return createDeliveries(each, { ...making, ...(each.sequence && { honest: compileHonest(earlierBody) }) });
  };
  const unmade = await unbuiltReason(each, provider, trial);
  if (unmade !== null) return { case: each, leftOut: unmade };
  const deliveries = (body: Uint8Array) =>
    createDeliveries(each, {
      ...source,
      prepared,
      rules,
      make: each.takesEarlierSignature ? compile(body) : make,
      ...((each.sequence || each.class === 'must-reject') && { honest: compileHonest(body) }),
    });
  return { case: each, leftOut: null, rules, deliveries };
}

/** Returns the reason why a receiver can't distinguish a provider's requests from others, with advice; null where they carry a proof. */
function unprovableReason(provider: Provider): string | null {
  if (senderProof(provider) !== 'nothing') return null;
  // What is left out ends without a full stop.
  return `nothing in a request of ${provider.title} proves who sent it. ${insteadOfProof.replace(/\.$/, '')}`;
}

const otherBodies = new WeakMap<CaseSource, Promise<Uint8Array>>();

/** The body of another event, made once in each check. */
function loadOtherBody(source: CaseSource): Promise<Uint8Array> {
  const body = otherBodies.get(source) ?? bodyOfAnother(source.provider, source.event);
  otherBodies.set(source, body);
  return body;
}

async function* nothingToSend(): AsyncGenerator<Delivery> {}

function buildForgery({ forge, ageSeconds, foreignKeyUrl }: CheckCase): Forgery | null {
  if (foreignKeyUrl !== undefined)
    return { ...findForgery('foreign-certificate'), change: { stage: 'foreign key', url: foreignKeyUrl } };
  if (ageSeconds === undefined) return forge === undefined ? null : findForgery(forge);
  const stale = findForgery('stale-timestamp');
  return { ...stale, change: { stage: 'time', offsetSeconds: -ageSeconds, signed: true } };
}

/** As `buildBody`; the reason where a forgery is of an event without a sample. */
async function bodyOrReason(each: CheckCase, source: CaseSource): Promise<PreparedBody | string | null> {
  try {
    return await buildBody(each, source);
  } catch (error) {
    if (each.class === 'must-reject' && error instanceof UsageError && error.code === 'NO_PAYLOAD')
      return 'there is no sample of such an event';
    throw error;
  }
}

/**
 * Returns the reason why no delivery can be made of a case, before anything is sent; null where one can. Rejects with a UsageError for wrong headers
 * or secrets, and where the event itself can't be made.
 */
async function unbuiltReason(
  { forge, body }: CheckCase,
  provider: Provider,
  deliveries: () => AsyncGenerator<Delivery>,
): Promise<string | null> {
  const built = deliveries();
  if (!dependsOnBody(provider)) return null;
  try {
    await built.next();
    return null;
  } catch (error) {
    if (forge === undefined && (body === undefined || body.is === 'another event')) throw error;
    return unbuildableReason(provider.title, buildFailureReason(provider, error));
  }
}

/** The body of a case; null where one is needed that differs from that of an earlier delivery, and there is none. */
async function buildBody({ body, takesEarlierSignature }: CheckCase, source: CaseSource): Promise<PreparedBody | null> {
  const created = await createBody(body, source);
  // A time alone is the same within its unit.
  if (!takesEarlierSignature || created.payload.holes.some(({ replacement }) => replacement.type === 'identity'))
    return created;
  return createOtherBody(source);
}

interface Making extends CaseSource {
  readonly prepared: PreparedBody;
  readonly rules: EventRules;
  readonly make: DeliveryMaker;
  /** Makes the same delivery without the forgery. */
  readonly honest?: GenuineBuilder;
}

async function* createDeliveries(each: CheckCase, making: Making): AsyncGenerator<Delivery> {
  const { sequence, forge, copies, wire } = each;
  const { prepared, rules, make, honest, provider, random, now } = making;
  const proofs = { provider, ...findProofPlaces(provider) };
  if (sequence && honest) return yield* createSequence(sequence, { ...making, honest });
  if (forge !== undefined && honest) {
    const seed = drawSeed(random);
    const moment = now();
    const sent = overrideWire(wire, await oneDelivery(make, seed, { ...making, now: () => moment }), proofs);
    expectedOf.set(sent, await expectedSignatures(honest, seed, { ...making, now: () => moment }));
    return yield sent;
  }
  const same = copies?.are === 'the same';
  const planned = planDeliveries({
    events: [
      { payload: prepared.payload, identityGroup: findIdentityGroup(provider.identities, prepared.event), make, rules },
    ],
    count: same ? 1 : (copies?.count ?? 1),
    fresh: 'ids',
    random,
    now,
  });
  for await (const { delivery } of planned) {
    const sent = overrideWire(wire, delivery, proofs);
    for (let i = 0; i < (same ? copies.count : 1); i++) yield sent;
  }
}
