import type { Attempt, ReceivedResponse } from '../core/attempt.js';
import { type Delivery, findHeader } from '../core/delivery.js';
import { formatDuration } from '../core/duration.js';
import type { HandshakeEnded } from '../core/handshake.js';
import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Clock } from '../core/world.js';
import { parsedBody } from '../json/dialect.js';
import { encodeJson } from '../json/encodeJson.js';
import { readJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import { JsonNumber } from '../json/value.js';
import { eventRules } from '../policy/rules.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import { sendPlanned } from '../simulate/simulate.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { AwaitedAnswer, PreparedHandshake } from './handshake.js';

export interface ShakingOptions {
  readonly provider: Provider;
  /** Makes each of them when it is sent, in order. */
  readonly handshakes: readonly (() => Promise<PreparedHandshake>)[];
  readonly transport: DeliveryTransport;
  readonly clock: Clock;
  /** Milliseconds, in place of the handshakes' own limits and the provider's. */
  readonly timeLimitMs: number | null;
  readonly signal: AbortSignal;
}

/** Sends a provider's handshakes one after the other, whatever their results; one that a signal interrupts yields nothing. */
export async function* sendHandshakes(options: ShakingOptions): AsyncGenerator<HandshakeEnded, void> {
  const { provider, handshakes, timeLimitMs, ...means } = options;
  const handshakeOf = new Map<Delivery, PreparedHandshake>();
  const deliveries = async function* (): AsyncGenerator<PlannedDelivery> {
    for (const make of handshakes) {
      const prepared = await make();
      handshakeOf.set(prepared.delivery, prepared);
      yield planned(prepared, provider, timeLimitMs);
    }
  };
  const events = sendPlanned({
    ...means,
    deliveries: deliveries(),
    concurrency: 1,
    timeLimitMs: null,
    expect: null,
    keepOpen: true,
  });
  for await (const event of events) {
    if (event.type === 'delivery') yield judged(handshakeOf.get(event.delivery)!, event);
  }
}

/** Plans a handshake as a delivery with rules of its own. */
function planned(
  { delivery, handshake, isRightStatus, withinMs }: PreparedHandshake,
  provider: Provider,
  timeLimitMs: number | null,
): PlannedDelivery {
  const rules = eventRules(provider, undefined);
  return {
    delivery,
    rules: {
      ...rules,
      timeLimitMs: timeLimitMs ?? withinMs ?? rules.timeLimitMs,
      success: isRightStatus,
      successText: handshake.answer.status,
      resend: [],
      disabling: null,
    },
  };
}

function judged(prepared: PreparedHandshake, event: DeliveryEnded): HandshakeEnded {
  const problem = judgeHandshake(prepared, event.attempts.at(-1)!);
  const outcome = problem !== null && event.outcome === 'accepted' ? 'rejected' : event.outcome;
  return {
    type: 'handshake',
    handshake: prepared.handshake,
    awaited: describeExpected(prepared),
    ended: { ...event, outcome, ok: problem === null },
    problem,
  };
}

/** Returns the fault of a handshake's answer, in a sentence without a word of the receiver's; null where it is right. */
export function judgeHandshake(
  { handshake, isRightStatus, withinMs, oneOf }: PreparedHandshake,
  { status, response, timing, error }: Pick<Attempt, 'status' | 'response' | 'timing' | 'error'>,
): string | null {
  if (error || status === null || !response) return error?.message ?? 'There was no answer.';
  if (!isRightStatus(status)) {
    const rejection = handshake.falselySigned ? ' The signature was deliberately invalid.' : '';
    return `The answer was ${status}; it has to be ${handshake.answer.status}.${rejection}`;
  }
  if (withinMs !== null && timing.totalMs > withinMs) {
    return `The answer took ${formatDuration(Math.round(timing.totalMs))}; it has to come within ${formatDuration(withinMs)}.`;
  }
  if (oneOf.length === 0 || oneOf.some((awaited) => isGiven(awaited, response))) return null;
  return `The answer has to be ${oneOf.map(words).join(', or ')}.`;
}

/** Describes the expected answer of a handshake. */
function describeExpected({ handshake, withinMs, oneOf }: PreparedHandshake): string {
  const limit = withinMs === null ? '' : ` within ${formatDuration(withinMs)}`;
  const content = oneOf.length === 0 ? '' : `, with ${oneOf.map(words).join(', or ')}`;
  return `${handshake.answer.status}${limit}${content}`;
}

function isGiven(awaited: AwaitedAnswer, { headers, body }: ReceivedResponse): boolean {
  if (awaited.is === 'header') return findHeader(headers, awaited.name)?.trim() === awaited.text;
  if (awaited.is === 'text') return Buffer.from(body).toString('utf8').trim() === awaited.text;
  const parsed = parsedBody(body, { dialect: 'js' });
  return awaited.members.every(({ path, text, kind }) => {
    const value = parsed === undefined ? undefined : getPath(parsed, parsePath(path));
    if (kind === 'text') return value === text;
    if (kind === 'number') return value instanceof JsonNumber && Number(value.text) === Number(text);
    const wanted = readJson(Buffer.from(text));
    return value !== undefined && wanted !== undefined && encodeJson(value, 'js') === encodeJson(wanted, 'js');
  });
}

function words(awaited: AwaitedAnswer): string {
  if (awaited.is === 'text') return `the text ${awaited.text}`;
  if (awaited.is === 'header') return `a header ${awaited.name}: ${awaited.text}`;
  const members = awaited.members.map(
    ({ path, text, kind }) => `${path}: ${kind === 'text' ? JSON.stringify(text) : text}`,
  );
  return `JSON with ${members.join(', ')}`;
}
