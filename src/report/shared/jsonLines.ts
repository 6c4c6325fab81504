import type { Attempt, ReceivedResponse, Timing } from '../../core/attempt.js';
import type { Delivery, Header } from '../../core/delivery.js';
import type { ErrorFacts } from '../../core/errors.js';
import type { DeliveryEnded, RunEnded, RunWarning } from '../../core/run.js';
import { bodyText } from './bodySize.js';
import { requestFacts } from './requestFacts.js';

const schemaVersion = 1 as const;

/** Characters that JSON allows but a terminal should not see: DEL, C1 controls, what hides or reorders text, a CI's commands. */
const notForTerminals =
  /#(?=#[\w.]*\[)|[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The line of a delivery that is only shown, with its body. */
export function dryRunLine(delivery: Delivery): string {
  return asLine(dryRunDocument(delivery));
}

/** Returns the JSON of a delivery in a dry run. */
export function dryRunDocument(delivery: Delivery) {
  const { id, provider, event, variant, forge, url, body } = delivery;
  const request = { ...requestLine(delivery), ...bodyMember(body, false) };
  return { schemaVersion, type: 'dry-run', id, provider, event, variant, forge, url, request } as const;
}

/** A document as one line, with what a terminal should not see as escapes. */
export function asLine(value: object): string {
  return JSON.stringify(value).replace(notForTerminals, escaped);
}

/** A document laid out for people and version control, with what a terminal should not see as escapes. */
export function asDocument(value: object): string {
  return `${JSON.stringify(value, null, 2).replace(notForTerminals, escaped)}\n`;
}

/** Returns the JSON of a delivery. */
export function deliveryLine({ delivery, attempts, outcome, ok, fault, copy }: DeliveryEnded) {
  const { id, provider, event, variant, forge, url } = delivery;
  return {
    schemaVersion,
    type: 'delivery',
    id,
    provider,
    event,
    variant,
    forge,
    url,
    outcome,
    ok,
    fault: fault ?? null,
    copy: copy ?? null,
    request: requestLine(delivery),
    attempts: attempts.map(attemptLine),
  } as const;
}

/** Returns the JSON of a request. */
export function requestLine(delivery: Delivery) {
  const { headers, bytes, sha256 } = requestFacts(delivery);
  return { method: delivery.method, headers, bytes, sha256 } as const;
}

/** Returns the JSON of an attempt. */
export function attemptLine(attempt: Attempt) {
  const { number, scheduledAtMs, startedAt, remoteAddress, status, timing, response, error, warnings } = attempt;
  return {
    number,
    scheduledAtMs,
    startedAt,
    remoteAddress,
    status,
    timing: timingLine(timing),
    response: response && {
      headers: response.headers satisfies readonly Header[],
      bytes: response.bytes,
      ...encodingMembers(response),
      ...bodyMember(response.body, response.truncated),
      truncated: response.truncated,
    },
    error,
    ...(warnings && { warnings }),
  } as const;
}

/** Returns the JSON members of an encoded body; none for any other. */
function encodingMembers({ contentEncoding, decodedBytes = null, decodingProblem }: ReceivedResponse): {
  contentEncoding?: string;
  decodedBytes?: number | null;
  decodingProblem?: string;
} {
  if (contentEncoding === undefined) return {};
  return { contentEncoding, decodedBytes, ...(decodingProblem !== undefined && { decodingProblem }) };
}

/** Returns the JSON of a warning that belongs to no attempt, or was too late for its line. */
export function warningLine({ type, code, id, message }: RunWarning) {
  return { schemaVersion, type, code, id, message } as const;
}

/** Returns the JSON of an error that ends a command or keeps a run from starting. */
export function errorLine({ code, message, hint, facts }: ErrorLine) {
  return { schemaVersion, type: 'error', code, message, hint, facts } as const;
}

export interface ErrorLine {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly facts: ErrorFacts;
}

/** Rounds milliseconds to three decimals: the clock is no more precise than a microsecond. */
function timingLine(timing: Timing): Timing {
  const entries = Object.entries(timing).map(([name, value]) => [
    name,
    typeof value === 'number' ? round(value) : value,
  ]);
  return Object.fromEntries(entries) as unknown as Timing;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** `body` for text, `bodyBase64` for bytes that are not UTF-8. */
export function bodyMember(body: Uint8Array, truncated: boolean): { body: string } | { bodyBase64: string } {
  const text = bodyText(body, truncated);
  return text === null ? { bodyBase64: Buffer.from(body).toString('base64') } : { body: text };
}

/** Returns the JSON of a run. */
export function runLine(run: RunEnded) {
  const {
    type,
    sent,
    accepted,
    ok,
    outcomes,
    latencyMs,
    interrupted,
    attemptCount,
    disabled,
    withheld,
    resent,
    warnings,
  } = run;
  const latency =
    latencyMs &&
    (Object.fromEntries(Object.entries(latencyMs).map(([name, ms]) => [name, round(ms)])) as unknown as NonNullable<
      RunEnded['latencyMs']
    >);
  return {
    schemaVersion,
    type,
    sent,
    accepted,
    ok,
    outcomes,
    latencyMs: latency,
    interrupted,
    attemptCount,
    disabled,
    withheld,
    resent,
    warnings,
  } as const;
}
