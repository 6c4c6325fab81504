import type { Provider } from '../core/provider.js';
import { parsedBody } from '../json/dialect.js';
import { getPath, parsePath } from '../json/path.js';
import type { Json } from '../json/value.js';

/** The event's name as a body tells it, given as bytes in any dialect of its provider or as they were read; null where it tells none. */
export function readEvent({ eventAt, dialect }: Provider, body: Uint8Array | Json | undefined): string | null {
  if (eventAt === null || body === undefined) return null;
  const read = body instanceof Uint8Array ? parsedBody(body, { dialect }) : body;
  const told = read === undefined ? undefined : getPath(read, parsePath(eventAt));
  return typeof told === 'string' ? told : null;
}
