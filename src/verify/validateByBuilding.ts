import { seededRandom } from '../core/random.js';
import { signsByFunction } from '../core/schemeFacts.js';
import type { DeliveryMaker } from '../delivery/compile.js';
import { dependsOnBody } from '../delivery/readValues.js';
import type { DeliverySource } from '../delivery/source.js';
import { assertNotGenuine } from '../forge/forgeries.js';
import { buildFailureReason } from '../forge/neededFields.js';
import type { CompiledPayload } from '../payloads/compiled.js';
import type { PlaceholderContext } from '../payloads/placeholders.js';

/** The builders of an event's deliveries. */
interface Tried {
  readonly payload: CompiledPayload;
  readonly rebuild?: ((context: PlaceholderContext) => CompiledPayload) | null;
  readonly make: DeliveryMaker;
}

/** A time like any other. */
const now = Date.UTC(2026, 0, 1);

/**
 * Builds a trial delivery where errors depend on the body or on a function, so that they are found before anything is sent. Rejects with a
 * UsageError. `source` has the inputs of the event's deliveries.
 */
export async function validateByBuilding({ payload, rebuild, make }: Tried, source: DeliverySource): Promise<void> {
  const { provider, forgery = null } = source;
  if (signsByFunction(provider)) {
    const { validateCustomSigner: tryFunctions } = await import('./tryFunctions.js');
    return tryFunctions(source, payload.bytes);
  }
  if (!dependsOnBody(provider)) return;
  const random = seededRandom(0);
  const { bytes } = rebuild ? rebuild({ now, random, sequence: 1 }) : payload;
  try {
    await make({ now, random, body: bytes });
  } catch (error) {
    if (forgery === null) throw error;
    assertNotGenuine(forgery, provider, buildFailureReason(provider, error));
  }
}
