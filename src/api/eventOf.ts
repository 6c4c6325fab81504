import type { Provider } from '../core/provider.js';
import { unknownName } from '../core/unknownName.js';

/** The event that is meant, by default the default event. Throws a UsageError that names near ones. */
export function eventOf(provider: Provider, event = provider.defaultEvent): string {
  const known = Object.keys(provider.events);
  if (known.includes(event)) return event;
  throw unknownName('UNKNOWN_EVENT', `${provider.title} has no event ${event}.`, { name: event, known });
}
