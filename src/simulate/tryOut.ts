import type { Forgery } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import { seededRandom } from '../core/random.js';
import { dependsOnBody } from '../delivery/readValues.js';
import { refuseForgery } from '../forge/findForgery.js';
import { madeOf } from '../forge/madeOf.js';
import type { PlannedEvent } from './plan.js';

/** A time like any other. */
const now = Date.UTC(2026, 0, 1);

/**
 * Makes a delivery that nobody sends, where it depends on the body whether one can be made: what is wrong is found out before
 * anything is sent. Throws a UsageError.
 */
export function tryOut(event: PlannedEvent, provider: Provider, forgery: Forgery | null = null): void {
  // What functions sign has a trial of its own.
  if (!dependsOnBody(provider) || 'isLater' in event.make) return;
  const random = seededRandom(0);
  const { bytes } = event.rebuild ? event.rebuild({ now, random, sequence: 1 }) : event.payload;
  const make = () => event.make({ now, random, body: bytes });
  if (forgery === null) {
    make();
    return;
  }
  const { reason } = madeOf(provider, make);
  if (reason !== null) refuseForgery(forgery, provider, reason);
}
