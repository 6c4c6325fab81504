import type { Attempt, ReceivedResponse } from '../../core/attempt.js';
import { type Delivery, framingHeaders } from '../../core/delivery.js';
import { excerpt, printable } from '../../core/printable.js';
import { bodySize, decodingRemark } from '../shared/bodySize.js';
import { requestFacts } from '../shared/requestFacts.js';
import { grouped, milliseconds } from '../shared/words.js';

/** The phases of an attempt in their order, as a person reads them. */
export const phases = [
  ['dnsMs', 'DNS'],
  ['connectMs', 'connect'],
  ['tlsMs', 'TLS'],
  ['sendMs', 'send'],
  ['waitMs', 'wait'],
  ['receiveMs', 'receive'],
] as const;

/** Returns lines with all of an attempt: the request, the phases, the answer. */
export function attemptDetails(delivery: Delivery, attempt: Attempt, dot: string): string[] {
  return [...requestLines(delivery, dot), ...answerDetails(attempt, dot)];
}

/** Returns lines with the result of an attempt: the phases and the answer. */
export function answerDetails(attempt: Attempt, dot: string): string[] {
  const warnings = (attempt.warnings ?? []).map(({ message }) => `  warning: ${printable(message)}`);
  return [`  ${timingText(attempt, dot)}`, ...answerLines(attempt, dot), ...warnings];
}

function requestLines(delivery: Delivery, dot: string): string[] {
  const { headers, bytes } = requestFacts(delivery);
  return [
    `  ${delivery.method} ${printable(delivery.url)} ${dot} ${grouped(bytes)} bytes`,
    ...headers.map(([name, value]) => `    ${name}: ${printable(value)}`),
  ];
}

function timingText({ timing, remoteAddress }: Attempt, dot: string): string {
  const steps = phases.flatMap(([key, word]) => {
    const ms = timing[key];
    return typeof ms === 'number' ? [`${word} ${milliseconds(ms)}`] : [];
  });
  const place = remoteAddress ? [`${remoteAddress}${timing.reused ? ' (open connection)' : ''}`] : [];
  return [...place, ...steps].join(` ${dot} `);
}

function answerLines({ status, response, error }: Attempt, dot: string): string[] {
  const lines = error ? [`  ${error.message}`] : [];
  if (!response) return lines;
  lines.push(`  answer ${status} ${dot} ${bodySize(response)}${response.truncated ? ' (cut)' : ''}`);
  lines.push(
    ...response.headers.slice(0, 30).map(([name, value]) => `    ${excerpt(name, 80)}: ${excerpt(value, 200)}`),
  );
  const remark = decodingRemark(response);
  return [...lines, ...(remark === null ? [] : [`    (${remark})`]), ...bodyLines(response)];
}

function bodyLines({ body }: ReceivedResponse): string[] {
  const text = Buffer.from(body).toString('utf8');
  if (text === '') return [];
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const shown = lines.slice(0, 20).map((line) => `    ${excerpt(line, 200)}`);
  return lines.length > 20 ? [...shown, `    … ${lines.length - 20} more lines`] : shown;
}

/** A delivery as its HTTP text for people to read: secrets masked, control characters shown as escapes. */
export function requestText(delivery: Delivery): string {
  const { host, pathname, search } = new URL(delivery.url);
  const { headers } = requestFacts(delivery);
  // A line end of two characters does nothing to a terminal, and multipart has no other.
  const lines = Buffer.from(delivery.body)
    .toString('utf8')
    .split(/(\r?\n)/);
  const body = lines.map((line, at) => (at % 2 === 1 ? line : printable(line))).join('');
  return [
    `${delivery.method} ${printable(pathname + search)} HTTP/1.1`,
    `host: ${host}`,
    ...[...headers, ...framingHeaders(delivery, delivery.body.length)].map(
      ([name, value]) => `${name}: ${printable(value)}`,
    ),
    '',
    body,
    '',
  ].join('\n');
}
