import type { Attempt, ReceivedResponse } from '../core/attempt.js';
import type { LogCommand, LogPurpose } from '../core/logEntry.js';
import type { Route } from '../core/route.js';
import type { DeliveryEnded } from '../core/run.js';
import { bodyText } from '../report/shared/bodySize.js';
import type { EventMask } from '../report/shared/eventMask.js';
import { asLine, deliveryLine } from '../report/shared/jsonLines.js';

/** A delivery that is to be kept. */
export interface LoggedDelivery {
  readonly event: DeliveryEnded;
  /** The name of its target; null for an address. */
  readonly target: string | null;
  /** The address by which the provider knows the receiver; null where that is its URL. */
  readonly publicUrl?: string | null;
  readonly route: Pick<Route, 'socketPath' | 'resolve'>;
  /** Takes the secrets out. */
  readonly mask: EventMask;
  /** The key of the kept delivery that was sent again; null for a new one. */
  readonly resendOf?: string | null;
  readonly purpose?: LogPurpose;
  /** The case that sent it; null for none. */
  readonly caseName?: string | null;
  /** For a request that reached a listener: its sender, null where that was not recognized. */
  readonly received?: { readonly sender: string | null };
}

/** Larger bodies are kept as their hash only. */
const longestBody = 1024 * 1024;
/** The limit for the many deliveries of a check, which must not push out people's own ones. */
const longestCheckBody = 16 * 1024;
const longBody = 64 * 1024;
const longestAnswer = 4096;
const maxAnswerHeaders = 50;

/** A body in the log: as text or Base64; null where it is too long, or as `maskedBody` where it holds a secret. */
type KeptBody = { readonly body: string | null; readonly maskedBody?: string } | { readonly bodyBase64: string };

/** The key, run and command of a delivery in the log. */
export interface RecordPlace {
  readonly key: string;
  readonly run: string;
  readonly command: LogCommand;
}

/** Builds one line of the log: the JSON of a delivery, and the data to send it again; without anything secret. */
export function recordLine(logged: LoggedDelivery, place: RecordPlace): string {
  return asLine(recordDocument(logged, place));
}

/** Returns the members of a line of the log. */
export function recordDocument(logged: LoggedDelivery, place: RecordPlace) {
  const { event, target, publicUrl = null, route, received } = logged;
  const { resendOf = null, purpose = 'event', caseName = null } = logged;
  const { delivery, attempts } = logged.mask.delivery(event);
  const line = deliveryLine({
    ...event,
    delivery: { ...event.delivery, url: delivery.url, secretHeaders: delivery.secretHeaders },
    attempts: attempts.map((attempt, i) => shortened(attempt, i === attempts.length - 1)),
  });
  const { schemaVersion, request, ...facts } = line;
  const isPlain = delivery.body === event.delivery.body;
  const isKept = delivery.body.length <= (purpose === 'check' ? longestCheckBody : longestBody);
  const body: KeptBody = !isKept
    ? { body: null }
    : isPlain
      ? keptBody(delivery.body)
      : { body: null, ...maskedBody(delivery.body) };
  return {
    schemaVersion,
    ...place,
    purpose,
    caseName,
    resendOf,
    ...facts,
    type: 'kept',
    ...(received && { direction: 'received', provider: received.sender }),
    target,
    ...(publicUrl !== null && !/^[^/]*\/\/[^/?]*@/.test(publicUrl) && { publicUrl: logged.mask.url(publicUrl, event) }),
    unixSocket: route.socketPath,
    resolve: route.resolve,
    secretHeaders: delivery.secretHeaders,
    request: {
      ...request,
      framing: delivery.framing,
      ...body,
    },
  } as const;
}

/** An attempt with the beginning of its answer; an earlier one of several without. */
function shortened(attempt: Attempt, isLast: boolean): Attempt {
  const { response } = attempt;
  if (!response || !isLast) return { ...attempt, response: null };
  const kept: ReceivedResponse = {
    headers: response.headers.slice(0, maxAnswerHeaders).map(([name, value]) => [name, value.slice(0, longestAnswer)]),
    bytes: response.bytes,
    ...pickEncoding(response),
    body: response.body.subarray(0, longestAnswer),
    truncated: response.truncated || response.body.length > longestAnswer,
  };
  return { ...attempt, response: kept };
}

/** Returns the encoding of a received body; its raw bytes are not kept. */
function pickEncoding({
  contentEncoding,
  decodedBytes = null,
  decodingProblem,
}: ReceivedResponse): Partial<ReceivedResponse> {
  if (contentEncoding === undefined) return {};
  return { contentEncoding, decodedBytes, ...(decodingProblem !== undefined && { decodingProblem }) };
}

/** Returns a body with its secret masked, so that its provider can put it in again; nothing for a body that is no text. */
function maskedBody(body: Uint8Array): { maskedBody?: string } {
  const text = bodyText(body, false);
  return text === null ? {} : { maskedBody: text };
}

/** A body to the byte, in the shorter of two forms. */
function keptBody(body: Uint8Array): KeptBody {
  const text = bodyText(body, false);
  // Escapes make up to six characters of one.
  const isBulky = text !== null && body.length > longBody && JSON.stringify(text).length > 2 * body.length;
  return text === null || isBulky ? { bodyBase64: Buffer.from(body).toString('base64') } : { body: text };
}
