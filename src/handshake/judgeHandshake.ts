import type { Attempt, ReceivedResponse } from '../core/attempt.js';
import { formatDuration } from '../core/duration.js';
import { findHeader } from '../core/headers.js';
import { parsedBody } from '../json/dialect.js';
import { getPath, parsePath } from '../json/path.js';
import { JsonNumber } from '../json/value.js';
import type { AwaitedAnswer, PreparedHandshake } from './handshake.js';

/** What is wrong with the answer to a handshake, in a sentence without a word of the receiver's; null where it is right. */
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

/** What a handshake waits for, in words. */
export function describeExpected({ handshake, withinMs, oneOf }: PreparedHandshake): string {
  const limit = withinMs === null ? '' : ` within ${formatDuration(withinMs)}`;
  const content = oneOf.length === 0 ? '' : `, with ${oneOf.map(words).join(', or ')}`;
  return `${handshake.answer.status}${limit}${content}`;
}

function isGiven(awaited: AwaitedAnswer, { headers, body }: ReceivedResponse): boolean {
  if (awaited.is === 'header') return findHeader(headers, awaited.name)?.trim() === awaited.text;
  if (awaited.is === 'text') return Buffer.from(body).toString('utf8').trim() === awaited.text;
  const parsed = parsedBody(body, { dialect: 'js' });
  return awaited.members.every(({ path, text, isNumber }) => {
    const value = parsed === undefined ? undefined : getPath(parsed, parsePath(path));
    return isNumber ? value instanceof JsonNumber && Number(value.text) === Number(text) : value === text;
  });
}

function words(awaited: AwaitedAnswer): string {
  if (awaited.is === 'text') return `the text ${awaited.text}`;
  if (awaited.is === 'header') return `a header ${awaited.name}: ${awaited.text}`;
  const members = awaited.members.map(
    ({ path, text, isNumber }) => `${path}: ${isNumber ? text : JSON.stringify(text)}`,
  );
  return `JSON with ${members.join(', ')}`;
}
