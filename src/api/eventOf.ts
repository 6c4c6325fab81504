import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';

/** The event that is meant, by default the flagship. Throws a UsageError that names near ones. */
export function eventOf(provider: Provider, event = provider.flagship): string {
  const known = Object.keys(provider.events);
  if (known.includes(event)) return event;
  throw new UsageError('UNKNOWN_EVENT', `${provider.title} has no event ${event}. ${suggest(event, known)}`);
}
