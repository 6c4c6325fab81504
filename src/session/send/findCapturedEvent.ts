import type { ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { payloadRequest } from '../../delivery/queryPayload.js';
import { readEvent, readRequestEvent } from '../../payloads/prepare.js';

interface CapturedEventUse {
  /** The event as known from elsewhere, such as the log. */
  readonly known?: string | null | undefined;
  /** Whether it is sent unchanged. */
  readonly exact: boolean | undefined;
  /** The user's name for the event. */
  readonly hint: string;
}

/** Returns the event of a captured request. Throws a UsageError where it names none and has to be rebuilt. */
export function findCapturedEvent(provider: Provider, request: ReceivedRequest, use: CapturedEventUse): string {
  const { known, exact, hint } = use;
  const received = payloadRequest(provider, request);
  const found = known || readRequestEvent(provider, received);
  if (found !== null && found in provider.events) return found;
  // A body that names its event is built by that, and an exact request is not rebuilt.
  if (exact || readEvent(provider, received.body) !== null) return provider.defaultEvent;
  throw new UsageError(
    'NO_EVENT',
    `The captured request does not say which event of ${provider.title} it is. Name it: ${hint}. See: webhook-sim list ${provider.name}`,
  );
}
