import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attempt, outcomes, type ReceivedResponse, type WireWarning } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';
import { isMask } from '../core/fingerprint.js';
import {
  type KeptEnd,
  type KeptHeader,
  type KeptLoad,
  type LogEntry,
  type LogRow,
  logCommands,
  logPurposes,
} from '../core/logEntry.js';
import { readUrl } from '../core/readUrl.js';
import { type LogFolder, sortFiles } from './logFolder.js';

/** Reads the delivery of a line of the log; null for a line that is torn or about something else. */
export function readLogEntry(json: string): LogEntry | null {
  const read = readLogLine(json);
  return read !== null && 'json' in read ? read : null;
}

/** Reads one line of the log, about a delivery, a load or an end; null where it is torn or no such record. */
export function readLogLine(json: string): LogEntry | LogRow | null {
  try {
    const line = record(JSON.parse(json));
    if (line.type === 'load') return loadRow(line);
    return line.type === 'ended' ? endRow(line) : readRecord(line, json);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnreadableEntry) return null;
    throw error;
  }
}

/** Thrown for a record with invalid content. */
class UnreadableEntry extends Error {}

type Members = Readonly<Record<string, unknown>>;

function readRecord(line: Members, json: string): LogEntry {
  if (line.schemaVersion !== 1 || line.type !== 'kept') throw new UnreadableEntry();
  const request = record(line.request);
  const secretHeaders = list(text)(line.secretHeaders);
  return {
    key: hex(line.key),
    run: hex(line.run),
    command: one(logCommands)(line.command ?? 'send'),
    purpose: one(logPurposes)(line.purpose ?? 'event'),
    caseName: orNull(text)(line.caseName ?? null),
    resendOf: orNull(hex)(line.resendOf),
    direction: line.direction === 'received' ? 'received' : 'sent',
    id: text(line.id),
    provider: orNull(text)(line.provider) ?? 'unknown',
    isRecognized: line.provider !== null,
    event: text(line.event),
    variant: orNull(text)(line.variant),
    forge: orNull(text)(line.forge),
    url: address(line.url),
    publicUrl: orNull(address)(line.publicUrl ?? null),
    target: orNull(text)(line.target),
    unixSocket: orNull(text)(line.unixSocket),
    resolve: Object.fromEntries(Object.entries(record(line.resolve)).map(([host, ip]) => [host, text(ip)])),
    outcome: one(outcomes)(line.outcome),
    ok: line.ok === true,
    method: text(request.method),
    headers: list(header)(request.headers).map((each) => withMask(each, secretHeaders)),
    secretHeaders,
    framing: one(['length', 'chunked'] as const)(request.framing),
    bytes: number(request.bytes),
    sha256: text(request.sha256),
    body: readBody(request),
    maskedBody: readBody({ body: request.maskedBody ?? null }),
    attempts: assertNotEmpty(list(attempt)(line.attempts)),
    json,
  };
}

/** A load as a row, with its most frequent failure. */
function loadRow(line: Members): LogRow {
  const failed = record(line.failed) as KeptLoad['failed'];
  const latency = orNull(record)(line.latencyMs);
  const load: KeptLoad = {
    sent: number(line.sent),
    dropped: number(line.dropped),
    ok: number(line.ok),
    failed,
    seconds: number(line.seconds),
    reachedRate: number(line.reachedRate),
    interrupted: line.interrupted === true,
    verdict: one(['passed', 'failed', 'not_judged'] as const)(line.verdict),
    latencyMs: latency && {
      p50: number(latency.p50),
      p95: number(latency.p95),
      p99: number(latency.p99),
      max: number(latency.max),
    },
  };
  const often = outcomes.filter((each) => number(failed[each]) > 0).sort((a, b) => failed[b] - failed[a]);
  return {
    ...manyRow(line, line.startedAt),
    caseName: orNull(text)(line.caseName ?? null),
    url: address(line.url),
    outcome: often[0] ?? 'accepted',
    ok: load.verdict === 'passed',
    totalMs: load.seconds * 1000,
    load,
  };
}

/** The end of a check or of suites as a row. */
function endRow(line: Members): LogRow {
  const ended: KeptEnd = {
    verdict: one(['passed', 'failed', 'not_judged'] as const)(line.verdict),
    grade: orNull(one(['A', 'B', 'C', 'D', 'F'] as const))(line.grade),
    counts: Object.fromEntries(Object.entries(record(line.counts)).map(([name, count]) => [name, number(count)])),
    interrupted: line.interrupted === true,
    exitCode: orNull(number)(line.exitCode),
  };
  const ok = ended.verdict === 'passed';
  return { ...manyRow(line, line.endedAt), url: orNull(address)(line.url) ?? '', ok, ended };
}

/** Reads the common part of rows about many deliveries. */
function manyRow(line: Members, time: unknown): LogRow {
  const at = Date.parse(text(time));
  if (line.schemaVersion !== 1 || Number.isNaN(at)) throw new UnreadableEntry();
  const key = hex(line.key);
  return {
    ...{ key, run: hex(line.run), at, id: key },
    command: one(logCommands)(line.command ?? 'send'),
    ...{ purpose: 'event', direction: 'sent', method: 'POST', url: '' },
    provider: orNull(text)(line.provider),
    event: list(text)(line.names).join(', '),
    target: orNull(text)(line.target),
    ...{ caseName: null, variant: null, forge: null, status: null, resendOf: null },
    ...{ outcome: 'accepted', ok: false, totalMs: 0, attemptCount: 1, bytes: 0 },
  };
}

function attempt(value: unknown): Attempt {
  const { status, response, timing, startedAt, warnings, ...rest }: Members = record(value);
  number(record(timing).totalMs);
  if (Number.isNaN(Date.parse(text(startedAt)))) throw new UnreadableEntry();
  const checked = warnings === undefined ? {} : { warnings: list(warning)(warnings) };
  return {
    ...(rest as Omit<Attempt, 'warnings'>),
    ...checked,
    startedAt,
    timing,
    status: orNull(number)(status),
    response: orNull(answer)(response),
  } as Attempt;
}

function warning(value: unknown): WireWarning {
  const { code, message } = record(value);
  return { code: text(code) as WireWarning['code'], message: text(message) };
}

function answer(value: unknown): ReceivedResponse {
  const found = record(value);
  return {
    headers: list(header)(found.headers),
    bytes: number(found.bytes),
    body: readBody(found) ?? new Uint8Array(),
    truncated: found.truncated === true,
    ...(found.contentEncoding !== undefined && {
      contentEncoding: text(found.contentEncoding),
      decodedBytes: orNull(number)(found.decodedBytes ?? null),
    }),
    ...(found.decodingProblem !== undefined && { decodingProblem: text(found.decodingProblem) }),
  };
}

function readBody({ body, bodyBase64 }: Members): Uint8Array | null {
  if (bodyBase64 !== undefined) return Buffer.from(text(bodyBase64), 'base64');
  return orNull((value) => Buffer.from(text(value)))(body);
}

function record(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableEntry();
  return value as Members;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new UnreadableEntry();
  return value;
}

function hex(value: unknown): string {
  if (!/^[0-9a-f]{12}$/.test(text(value))) throw new UnreadableEntry();
  return value as string;
}

function address(value: unknown): string {
  if (readUrl(text(value)) === null) throw new UnreadableEntry();
  return value as string;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new UnreadableEntry();
  return value;
}

function header(value: unknown): Header {
  const [name, content, ...more] = list(text)(value);
  if (name === undefined || content === undefined || more.length > 0) throw new UnreadableEntry();
  return [name, content];
}

/** A header with a mark in place of a value that was not kept. */
function withMask([name, value]: Header, secretHeaders: readonly string[]): KeptHeader {
  return secretHeaders.includes(name.toLowerCase()) || isMask(value) ? [name, { mask: value }] : [name, value];
}

function assertNotEmpty<T>(values: readonly T[]): readonly T[] {
  if (values.length === 0) throw new UnreadableEntry();
  return values;
}

const orNull =
  <T>(read: (value: unknown) => T) =>
  (value: unknown): T | null =>
    value === null ? null : read(value);

const list =
  <T>(read: (value: unknown) => T) =>
  (value: unknown): T[] => {
    if (!Array.isArray(value)) throw new UnreadableEntry();
    return value.map(read);
  };

const one =
  <T extends string>(known: readonly T[]) =>
  (value: unknown): T => {
    const found = known.find((each) => each === value);
    if (found === undefined) throw new UnreadableEntry();
    return found;
  };

/** The deliveries of a log, the newest first, read as they are asked for; null for each line that is torn or broken. */
export function* readLog(folder: LogFolder): Generator<LogEntry | null, void> {
  for (const read of readLogLines(folder)) {
    if (read === null || 'json' in read.is) yield read && (read.is as LogEntry);
  }
}

/** A line of the log with its content. */
export interface ReadLine {
  readonly is: LogEntry | LogRow;
  readonly json: string;
}

/** All of a log, loads and ends included, as `readLog` reads it. */
export function* readLogLines({ path }: LogFolder): Generator<ReadLine | null, void> {
  for (const name of listFiles(path).toReversed()) {
    const lines = readText(join(path, name)).split('\n');
    for (const line of lines.toReversed()) {
      if (line === '') continue;
      const read = readLogLine(line);
      yield read && { is: read, json: line };
    }
  }
}

function listFiles(path: string): string[] {
  try {
    return sortFiles(readdirSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Reads a file of the log; the oldest may have been deleted since the files were listed. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
