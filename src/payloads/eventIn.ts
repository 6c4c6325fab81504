import type { Provider } from '../core/provider.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';

/** The event's name as a body tells it; undefined where it tells none. */
export function eventIn({ eventAt }: Provider, body: Uint8Array): string | undefined {
  if (eventAt === null) return undefined;
  try {
    const told = getPath(parseJson(Buffer.from(body).toString('utf8')), parsePath(eventAt));
    return typeof told === 'string' ? told : undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
