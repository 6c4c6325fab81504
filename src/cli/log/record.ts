import type { Attempt, ReceivedResponse } from '../../core/attempt.js';
import type { Delivery } from '../../core/delivery.js';
import type { Route } from '../../core/route.js';
import type { DeliveryEnded } from '../../core/run.js';
import { bodyText } from '../../report/bodyText.js';
import { asLine, deliveryLine } from '../../report/jsonLines.js';
import { holdsAny, secretTexts, without } from './secretTexts.js';

/** A delivery that is to be kept. */
export interface LoggedDelivery {
  readonly event: DeliveryEnded;
  /** The name of its target; null for an address. */
  readonly target: string | null;
  /** The address by which the provider knows the receiver; null where that is its URL. */
  readonly publicUrl?: string | null;
  readonly route: Pick<Route, 'socketPath' | 'resolve'>;
  /** The secrets that are used, without a sample secret. */
  readonly secrets: readonly string[];
  /** The key of the kept delivery that was sent again; null for a new one. */
  readonly resendOf: string | null;
}

/** Larger bodies are kept as their hash only. */
export const longestBody = 1024 * 1024;
const longBody = 64 * 1024;
const longestAnswer = 4096;
const mostAnswerHeaders = 50;

/** One line of the log: what JSON tells of a delivery, and what it takes to send it again; without anything secret. */
export function recordLine(logged: LoggedDelivery, place: { readonly key: string; readonly run: string }): string {
  const { event, target, publicUrl = null, route, resendOf } = logged;
  const secrets = secretTexts(event.delivery, logged.secrets);
  const delivery = masking(event.delivery, secrets);
  const line = deliveryLine({
    ...event,
    delivery,
    attempts: event.attempts.map((attempt, i) => shortened(attempt, i === event.attempts.length - 1, secrets)),
  });
  const { schemaVersion, request, ...told } = line as { schemaVersion: number; request: object };
  return asLine({
    schemaVersion,
    ...place,
    resendOf,
    ...told,
    type: 'kept',
    target,
    ...(publicUrl !== null && !/^[^/]*\/\/[^/?]*@/.test(publicUrl) && { publicUrl }),
    unixSocket: route.socketPath,
    resolve: route.resolve,
    secretHeaders: delivery.secretHeaders,
    request: { ...request, framing: delivery.framing, ...keptBody(delivery.body, secrets) },
  });
}

/** The delivery with each header marked that holds a secret, whatever its name. */
function masking(delivery: Delivery, secrets: readonly string[]): Delivery {
  const holding = delivery.headers.filter(([, value]) => holdsAny(Buffer.from(value, 'latin1'), secrets));
  const names = [...delivery.secretHeaders, ...holding.map(([name]) => name.toLowerCase())];
  return { ...delivery, secretHeaders: [...new Set(names)] };
}

/** An attempt with the beginning of its answer; an earlier one of several without. */
function shortened(attempt: Attempt, isLast: boolean, secrets: readonly string[]): Attempt {
  const { response } = attempt;
  if (!response || !isLast) return { ...attempt, response: null };
  const body = without(response.body, secrets);
  const kept: ReceivedResponse = {
    headers: response.headers
      .slice(0, mostAnswerHeaders)
      .map(([name, value]) => [
        name,
        without(Buffer.from(value, 'latin1'), secrets).toString('latin1').slice(0, longestAnswer),
      ]),
    bytes: response.bytes,
    ...encodingOf(response),
    body: body.subarray(0, longestAnswer),
    truncated: response.truncated || body.length > longestAnswer,
  };
  return { ...attempt, response: kept };
}

/** How a body was encoded; the bytes as they came are not kept. */
function encodingOf({
  contentEncoding,
  decodedBytes = null,
  decodingProblem,
}: ReceivedResponse): Partial<ReceivedResponse> {
  if (contentEncoding === undefined) return {};
  return { contentEncoding, decodedBytes, ...(decodingProblem !== undefined && { decodingProblem }) };
}

/** A body to the byte, in the shorter of two forms; null for one that is too long, or that holds a secret. */
function keptBody(body: Uint8Array, secrets: readonly string[]): { body: string | null } | { bodyBase64: string } {
  if (body.length > longestBody || holdsAny(body, secrets)) return { body: null };
  const text = bodyText(body, false);
  // Escapes make up to six characters of one.
  const isBulky = text !== null && body.length > longBody && JSON.stringify(text).length > 2 * body.length;
  return text === null || isBulky ? { bodyBase64: Buffer.from(body).toString('base64') } : { body: text };
}
