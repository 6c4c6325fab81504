import type { Delivery } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { assertNoMask } from '../delivery/header.js';
import { notesOf } from '../delivery/notes.js';
import { expectedOfNamed } from '../forge/expectedAnswer.js';
import { eventRules } from '../policy/rules.js';
import { findShipped } from '../providers/catalogue.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import type { AnyProvider } from './providers.js';
import { resolveProvider } from './resolveProvider.js';

/** The facts that the library keeps about a delivery that it made. */
export interface DeliveryProvenance {
  readonly planned: PlannedDelivery;
  readonly provider: Provider;
  /** False for one that names no host, and so is good for an in-process handler only. */
  readonly hasUrl: boolean;
  /** The secrets that sign it, without samples; empty where they are unknown. */
  readonly secrets: readonly string[];
}

/** Keeps what is known of a delivery. */
export function trackProvenance(known: DeliveryProvenance): Delivery {
  const { delivery } = known.planned;
  notesOf(delivery)!.kept = known;
  return delivery;
}

function madeOf(delivery: Delivery): DeliveryProvenance | undefined {
  return notesOf(delivery)?.kept as DeliveryProvenance | undefined;
}

/** The secrets of a delivery that the library made; none of any other. */
export function knownSecrets(delivery: Delivery): readonly string[] {
  return madeOf(delivery)?.secrets ?? [];
}

/**
 * Returns the facts about a delivery; for one that was made elsewhere, or changed since, those of its provider: the given one, or the one that ships
 * under its name. Throws a UsageError.
 */
export async function provenanceOf(delivery: Delivery, given: AnyProvider | undefined): Promise<DeliveryProvenance> {
  if (!Array.isArray(delivery?.headers)) {
    throw new UsageError('NO_DELIVERY', 'The first argument is no delivery. Make one: await createDelivery({ … }).');
  }
  const named = given === undefined ? undefined : await resolveProvider(given);
  if (named && named.name !== delivery.provider) {
    throw new UsageError('CONFLICT', `The delivery is of ${delivery.provider}, and provider is ${named.name}.`);
  }
  const known = madeOf(delivery);
  if (known) return known;
  for (const [name, value] of delivery.headers) assertNoMask(name, value);
  const provider = named ?? findShipped(delivery.provider);
  if (!provider) {
    throw new UsageError(
      'UNKNOWN_PROVIDER',
      `The delivery is of ${delivery.provider}, which does not ship with this package, and it is not as createDelivery made it. Give its provider, too: { provider }.`,
    );
  }
  const rules = eventRules(provider, provider.events[delivery.event], expectedOfNamed(delivery.forge, provider));
  return { planned: { delivery, rules }, provider, hasUrl: true, secrets: [] };
}
