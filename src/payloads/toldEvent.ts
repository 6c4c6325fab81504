import type { Provider } from '../core/provider.js';
import { getPath, parsePath } from '../json/path.js';
import type { Json } from '../json/value.js';

/** The event's name as a body tells it; null where it tells none. */
export function toldEvent({ eventAt }: Provider, body: Json | undefined): string | null {
  const told = eventAt === null || body === undefined ? undefined : getPath(body, parsePath(eventAt));
  return typeof told === 'string' ? told : null;
}
