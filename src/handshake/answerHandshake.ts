import type { Header, ReceivedRequest } from '../core/delivery.js';
import type { Handshake } from '../core/handshake.js';
import type { Provider } from '../core/provider.js';
import { seededRandom } from '../core/random.js';
import { plainestStatus } from '../core/status.js';
import type { FunctionTexts } from '../delivery/functions.js';
import { valueReaders } from '../delivery/readValues.js';
import { requestVariables } from '../delivery/requestVariables.js';
import { readKeys } from '../delivery/source.js';
import { deliveryTexts } from '../delivery/texts.js';
import { parsedBody } from '../json/dialect.js';
import { type PathStep, parsePath } from '../json/path.js';
import { readPayload } from '../json/readPayload.js';
import { type Json, JsonNumber } from '../json/value.js';
import { readHeaderTemplates, readSignatureTemplates } from '../signing/templates.js';
import { collectValues, valueSources } from '../verify/places.js';
import { recomputeSignature } from '../verify/verify.js';
import { type AwaitedAnswer, awaitedAnswers, inHandshake } from './handshake.js';

/** The receiver's answer to a handshake. */
export interface HandshakeAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** Returns the answer of a receiver that knows the secret to a handshake: the first one that its provider accepts. */
export async function answerHandshake(
  handshake: Handshake,
  { provider, secret }: { readonly provider: Provider; readonly secret: string },
  request: ReceivedRequest,
): Promise<HandshakeAnswer> {
  const own = inHandshake(provider, handshake);
  const content = { values: sentValues(own, request), body: request.body };
  const text = deliveryTexts(
    {
      provider: own,
      signatures: readSignatureTemplates(own),
      headers: readHeaderTemplates(own),
      readers: valueReaders(own),
      own: request.headers,
      change: null,
      ...readKeys(own, [{ value: secret, source: 'receiver', isSample: false }], null),
    },
    {
      stated: content,
      signed: content,
      given: requestVariables({ provider: own, event: handshake.name }, request.url),
      random: seededRandom(0),
    },
    await functionTexts(own, request, secret),
  );
  const [answer] = awaitedAnswers(handshake, own, text);
  return { status: plainestStatus(handshake.answer.status), ...written(answer) };
}

/** The signatures that functions make of a request, for answers that hold one. */
async function functionTexts(provider: Provider, request: ReceivedRequest, secret: string): Promise<FunctionTexts> {
  const texts = new Map<string, string[]>();
  for (const [name, { scheme }] of Object.entries(provider.signatures)) {
    const text = scheme === 'custom' ? await recomputeSignature(provider, request, secret, name) : null;
    if (text !== null) texts.set(name, [text]);
  }
  return texts;
}

/** The values in the headers, fields and query of a request. */
function sentValues(provider: Provider, request: ReceivedRequest): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const place of valueSources(provider, request)) collectValues(place, found);
  return new Map([...found].map(([name, values]) => [name, [...values][0]!]));
}

function written(answer: AwaitedAnswer | undefined): Pick<HandshakeAnswer, 'headers' | 'body'> {
  if (answer === undefined) return { headers: [], body: '' };
  if (answer.is === 'header') return { headers: [[answer.name, answer.text]], body: '' };
  if (answer.is === 'text') return { headers: [['Content-Type', 'text/plain']], body: answer.text };
  const body: Record<string, unknown> = {};
  for (const { path, text, kind } of answer.members) put(body, path, kind === 'text' ? text : JSON.parse(text));
  return { headers: [['Content-Type', 'application/json']], body: JSON.stringify(body) };
}

/** Puts a value at a path, with the objects and lists that lead to it. */
function put(root: object, path: string, value: unknown): void {
  const steps = parsePath(path);
  let at = root as Record<string, unknown>;
  for (const [number, step] of steps.entries()) {
    const next = steps[number + 1];
    if (next !== undefined && !Object.hasOwn(at, step)) at[step] = typeof next === 'number' ? [] : {};
    if (next === undefined) at[step] = value;
    else at = at[step] as Record<string, unknown>;
  }
}

/** Returns the handshake that a request is; null where it is none. Does not check its signature. */
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
  const received = readPayload(body, provider.dialect).value;
  const expected = received === undefined ? undefined : parsedBody(wanted, provider);
  if (expected === undefined || received === undefined) return wanted.equals(body);
  return isSame(expected, received, [], new Set(fields.map(([path]) => keyOf(parsePath(path)))));
}

/** Returns whether two bodies are the same except for the filled places. */
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
