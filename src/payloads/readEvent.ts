import type { Provider } from '../core/provider.js';
import { parseBody } from '../json/dialect.js';
import { JsonSyntaxError } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import type { Json } from '../json/value.js';

/** The event's name as a body tells it, given as bytes in any dialect of its provider or as they were read; null where it tells none. */
export function readEvent({ eventAt, dialect }: Provider, body: Uint8Array | Json | undefined): string | null {
  if (eventAt === null || body === undefined) return null;
  const read = body instanceof Uint8Array ? tryRead(body, dialect) : body;
  const told = read === undefined ? undefined : getPath(read, parsePath(eventAt));
  return typeof told === 'string' ? told : null;
}

function tryRead(body: Uint8Array, dialect: Provider['dialect']): Json | undefined {
  try {
    return parseBody(body, dialect);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
