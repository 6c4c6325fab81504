import type { Delivery } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { type Random, seededRandom } from '../core/random.js';
import { isHash } from '../core/schemeFacts.js';
import type { DeliveryMaker } from '../delivery/compile.js';
import type { BuildContext } from '../delivery/source.js';
import type { MadeDelivery } from '../delivery/stages.js';
import { findIdentityGroup } from '../payloads/identityRenewal.js';
import type { EventRules } from '../policy/rules.js';
import { planDeliveries } from '../simulate/plan.js';
import type { PreparedBody } from './cases/bodies.js';
import type { CaseSequence } from './cases/case.js';

/** Makes an honest delivery, of which the texts of its signatures can be asked. */
export type GenuineBuilder = (moment: BuildContext) => Promise<MadeDelivery>;

/** The source of single deliveries. */
export interface TwinSource {
  readonly provider: Provider;
  readonly random: Random;
  readonly now: () => number;
  readonly prepared: PreparedBody;
  readonly rules: EventRules;
}

/** The signatures that a receiver computes for a forgery, and that only the holder of the secret can: by the delivery. */
export const expectedOf = new WeakMap<Delivery, readonly string[]>();

/** A seed by which a delivery can be made again, with the same ids. */
export function drawSeed(random: Random): number {
  return random.uint32() * 2 ** 20 + (random.uint32() >>> 12);
}

/** Makes one delivery with the ids of a seed. */
export async function oneDelivery(make: DeliveryMaker, seed: number, source: TwinSource): Promise<Delivery> {
  const { prepared, rules, provider, now } = source;
  const planned = planDeliveries({
    events: [
      { payload: prepared.payload, identityGroup: findIdentityGroup(provider.identities, prepared.event), make, rules },
    ],
    count: 1,
    fresh: 'ids',
    random: seededRandom(seed),
    now,
  });
  for await (const { delivery } of planned) return delivery;
  throw new Error('A plan of one delivery made none.');
}

/** The texts of the signatures that both sides compute, for the honest delivery of a seed. */
export async function expectedSignatures(honest: GenuineBuilder, seed: number, source: TwinSource): Promise<string[]> {
  let genuine: MadeDelivery | undefined;
  const make: DeliveryMaker = async (moment) => {
    genuine = await honest(moment);
    return genuine.delivery;
  };
  await oneDelivery(make, seed, source);
  const { signatures } = source.provider;
  const computed = Object.keys(signatures).filter(
    (name) => isHash(signatures[name]!) || signatures[name]!.scheme === 'custom',
  );
  return computed.map((name) => genuine!.text([{ name }], 0));
}

/** The deliveries of a sequence, genuine ones and forgeries of them. */
export async function* createSequence(
  { of, are }: CaseSequence,
  source: TwinSource & { readonly make: DeliveryMaker; readonly honest: GenuineBuilder },
): AsyncGenerator<Delivery> {
  const moment = source.now();
  const honest: DeliveryMaker = async (at) => (await source.honest(at)).delivery;
  let seed = drawSeed(source.random);
  for (const kind of of) {
    if (are === 'at once') seed = drawSeed(source.random);
    yield await oneDelivery(kind === 'forged' ? source.make : honest, seed, { ...source, now: () => moment });
  }
}
