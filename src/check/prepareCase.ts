import type { Delivery, Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import { signsByFunction } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { compileMaker, type Maker } from '../delivery/compile.js';
import type { DeliverySource } from '../delivery/source.js';
import { findForgery, whyTrue } from '../forge/findForgery.js';
import { bodyOfAnother } from '../payloads/another.js';
import { storyOf } from '../payloads/renewal.js';
import { type EventRules, eventRules } from '../policy/rules.js';
import { planDeliveries } from '../simulate/plan.js';
import { type MadeBody, makeBody } from './bodies.js';
import type { CheckCase } from './case.js';
import { whyLeftOut } from './cases.js';
import { plainCase } from './mustAccept.js';
import { proofHeaders } from './proofs.js';
import { onTheWire } from './wire.js';

/** What all cases of a check have in common. */
export interface CaseSource {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
  /** The URL for an event. */
  readonly urlFor: (event: string) => string;
  /** The address by which the provider knows the receiver, where that is another. */
  readonly publicUrlFor?: (event: string) => string | undefined;
  readonly secrets: readonly Secret[];
  /** The user's own headers, with the lower-case names of those that are secret whatever their name. */
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
  readonly random: Random;
  /** Milliseconds since 1970 that deliveries tell. */
  readonly now: () => number;
}

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

/** Makes all of a case that can be made before anything is sent. Throws a UsageError for what is wrong with the command. */
export async function prepareCase(each: CheckCase, source: CaseSource): Promise<PreparedCase> {
  const { provider, secrets } = source;
  const made = await bodyOf(each, source);
  if (made === null)
    return {
      case: each,
      leftOut: `no story of ${provider.title} says what is fresh, and there is one sample only, so all have the same body`,
    };
  const forgery = each.forge === undefined ? null : findForgery(each.forge);
  const forged = { body: made.payload.bytes, secrets: secrets.map(({ value }) => value) };
  const leftOut = whyLeftOut(each, provider) ?? (forgery && whyTrue(forgery, provider, forged));
  if (leftOut !== null) return { case: each, leftOut };
  const otherBody = await bodyOfAnother(provider, source.event);
  const compiled = (earlierBody: Uint8Array): DeliverySource => ({
    ...source,
    event: made.wireEvent,
    url: source.urlFor(made.wireEvent),
    publicUrl: source.publicUrlFor?.(made.wireEvent),
    forgery,
    otherBody: each.takesEarlierSignature ? earlierBody : otherBody,
    ...(each.framing && { framing: each.framing }),
  });
  // What is wrong with headers, secrets or functions is found out here.
  compileMaker(compiled(otherBody));
  if (signsByFunction(provider)) {
    const { tryFunctions, whyUnsigned } = await import('../simulate/trial.js');
    if (each.name === plainCase.name) await tryFunctions(compiled(otherBody), made.payload.bytes);
    const unsigned = await whyUnsigned(compiled(otherBody), made.payload.bytes);
    if (unsigned !== null) return { case: each, leftOut: unsigned };
  }
  const rules = eventRules(provider, provider.events[made.event]);
  return {
    case: each,
    leftOut: null,
    rules,
    deliveries: (earlierBody) =>
      deliveriesOf(each, { ...source, made, rules, make: compileMaker(compiled(earlierBody)) }),
  };
}

/** The body of a case; null where one is needed that differs from that of an earlier delivery, and there is none. */
async function bodyOf({ body, takesEarlierSignature }: CheckCase, source: CaseSource): Promise<MadeBody | null> {
  const made = await makeBody(body, source);
  if (!takesEarlierSignature || made.payload.holes.length > 0) return made;
  for (const event of Object.keys(source.provider.events)) {
    if (event === source.event) continue;
    try {
      return await makeBody({ is: 'another event', event }, source);
    } catch (error) {
      // One's own provider may have samples of some events only.
      if (!(error instanceof UsageError && error.code === 'NO_PAYLOAD')) throw error;
    }
  }
  return null;
}

interface Making extends CaseSource {
  readonly made: MadeBody;
  readonly rules: EventRules;
  readonly make: Maker;
}

async function* deliveriesOf(
  { copies, wire }: CheckCase,
  { made, rules, make, ...source }: Making,
): AsyncGenerator<Delivery> {
  const { provider, random, now } = source;
  const proofs = proofHeaders(provider);
  const same = copies?.are === 'the same';
  const planned = planDeliveries({
    events: [{ payload: made.payload, story: storyOf(provider.stories, made.event), make, rules }],
    count: same ? 1 : (copies?.count ?? 1),
    fresh: 'ids',
    random,
    now,
  });
  for await (const { delivery } of planned) {
    const sent = onTheWire(wire, delivery, proofs);
    for (let i = 0; i < (same ? copies.count : 1); i++) yield sent;
  }
}
