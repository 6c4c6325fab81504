import type { ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { payloadRequest } from '../../delivery/queryPayload.js';
import { readEvent, readRequestEvent } from '../../payloads/prepare.js';

interface CapturedEventUse {
  /** What is known of it beside the request, such as by the log. */
  readonly known?: string | null | undefined;
  /** Whether it is sent unchanged. */
  readonly exact: boolean | undefined;
  /** How its user names the event. */
  readonly hint: string;
}

/** The event that a captured request says. Throws a UsageError where it says none, and is to be made again. */
export function findCapturedEvent(provider: Provider, request: ReceivedRequest, use: CapturedEventUse): string {
  const { known, exact, hint } = use;
  const received = payloadRequest(provider, request);
  const found = known || readRequestEvent(provider, received);
  if (found !== null && found in provider.events) return found;
  // A body that says its event is made as that, and an exact request is not made at all.
  if (exact || readEvent(provider, received.body) !== null) return provider.defaultEvent;
  throw new UsageError(
    'NO_EVENT',
    `The captured request does not say which event of ${provider.title} it is. Name it: ${hint}. See: webhook-sim list ${provider.name}`,
  );
}
