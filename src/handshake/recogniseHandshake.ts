import type { Handshake } from '../core/handshake.js';
import type { Provider } from '../core/provider.js';
import type { ReceivedRequest } from '../core/receivedRequest.js';
import { parsedBody } from '../json/dialect.js';
import { type PathStep, parsePath } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';

/** The handshake of a provider that a request is; null where it is none. Whether its signature holds is another question. */
export function recogniseHandshake(provider: Provider, request: ReceivedRequest): Handshake | null {
  const found = provider.handshakes?.find((each) => !each.falselySigned && isLike(each, provider, request));
  return found ?? null;
}

function isLike(handshake: Handshake, provider: Provider, { method, url, body }: ReceivedRequest): boolean {
  const { method: own = provider.method, query = [], fields = [] } = handshake;
  if (method !== own) return false;
  const { searchParams } = new URL(url);
  if (!query.every(([name]) => searchParams.has(name))) return false;
  const wanted = Buffer.from(handshake.body ?? '');
  const [expected, received] = [parsedBody(wanted, provider), parsedBody(body, provider)];
  if (expected === undefined || received === undefined) return wanted.equals(body);
  return isSame(expected, received, [], new Set(fields.map(([path]) => keyOf(parsePath(path)))));
}

/** Whether two bodies are the same but for what is filled in at some places. */
function isSame(expected: Json, received: Json, at: readonly PathStep[], filled: ReadonlySet<string>): boolean {
  if (filled.has(keyOf(at))) return true;
  if (expected instanceof Map && received instanceof Map) {
    const names = new Set([...expected.keys(), ...received.keys()]);
    return [...names].every((name) => {
      const [one, other] = [expected.get(name), received.get(name)];
      if (one !== undefined && other !== undefined) return isSame(one, other, [...at, name], filled);
      return other !== undefined && filled.has(keyOf([...at, name]));
    });
  }
  if (Array.isArray(expected) && Array.isArray(received)) {
    return (
      expected.length === received.length &&
      expected.every((item, index) => isSame(item, received[index]!, [...at, index], filled))
    );
  }
  if (expected instanceof JsonNumber) return received instanceof JsonNumber && received.text === expected.text;
  return expected === received;
}

function keyOf(steps: readonly PathStep[]): string {
  return JSON.stringify(steps);
}
