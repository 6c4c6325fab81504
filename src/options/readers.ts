import { isIP } from 'node:net';
import { parseRejectionRule } from '../check/answer.js';
import type { Fault } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';
import { parseDuration, parseSpeed, parseTimeLimit } from '../core/duration.js';
import { badValue, UsageError } from '../core/errors.js';
import { assertWhole, parseMoment, parseSchedule, parseWhole } from '../core/limits.js';
import { type FaultShare, parseLatencyLimit, parseRate, parseRates, parseShare, parseStages } from '../core/load.js';
import { unknownName } from '../core/nearest.js';
import { readUrl } from '../core/readUrl.js';
import { parseStatusRule } from '../core/status.js';
import { checkHeader, parseHeader } from '../delivery/header.js';
import { parsePath } from '../json/path.js';
import { toJson } from '../json/value.js';
import { type Edit, parseSet, parseUnset, setText } from '../payloads/edit.js';
import { parseDialect } from '../payloads/parseDialect.js';
import type { OptionSpec, ValueTypes } from './option.js';

/** Reads a text or a value by an option's type; `what` names the option in the UsageError for a wrong one. */
type Reader<T> = (given: unknown, what: string, spec: OptionSpec) => T;

/** The reader of each type. */
export const readers: { readonly [T in keyof ValueTypes]: Reader<ValueTypes[T]> } = {
  switch: (given) => given === true,
  text: (given, what, spec) => readText(String(given), what, spec),
  texts: (given) => [given].flat().map(String),
  choice: (given, what, spec) => readChoice(String(given), what, spec),
  whole: (given, what, spec) => readWhole(given, what, spec),
  timeLimit: (given, what) => parseTimeLimit(durationText(given), what),
  duration: (given, what, spec) => readBoundDuration(durationText(given), what, spec),
  moment: (given, what) => parseMoment(String(given), what),
  schedule: (given, what) => parseSchedule(Array.isArray(given) ? given : String(given).split(','), what),
  speed: (given, what) => parseSpeed(String(given), what),
  edits: readEdits,
  removals: (given) => [given].flat().map((path) => parseUnset(String(path))),
  headers: (given, what) => readHeaders(given, what),
  dialect: (given, what) => parseDialect(String(given), what),
  status: (given, what) => parseStatusRule([given].flat().join(','), what),
  rejection: (given, what) => parseRejectionRule([given].flat().join(','), what),
  fault: (given, what) => readFault(String(given), what),
  rates: (given, what) => parseRates(String(given), what),
  rate: (given, what) => parseRate(String(given), what),
  stages: (given, what) => parseStages(given, what),
  share: (given, what) => parseShare(given, what),
  latencyLimits: (given, what) => [given].flat().map((text) => parseLatencyLimit(String(text), what)),
  faultShares: (given, what) => readFaultShares([given].flat().map(String), what),
  hosts: (given, what) => readHosts(given, what),
  pairs: (given, what) => readPairs(given, what),
  pattern: (given, what) => (given instanceof RegExp ? stateless(given) : readPattern(String(given), what)),
  bail: (given, what) => (given === true ? 1 : readBail(String(given), what)),
};

/** A text; where it names a file or a folder, an empty one would be the working folder. */
function readText(text: string, what: string, { value = '' }: OptionSpec): string {
  if (text !== '' || !['file', 'folder', 'path'].includes(value)) return text;
  const named = value === 'path' ? 'the path' : `the name of the ${value}`;
  throw new UsageError('EMPTY_PATH', `${what}: ${named} is empty. Write one.`);
}

function durationText(given: unknown): string {
  return typeof given === 'number' ? `${given}ms` : String(given);
}

function readWhole(given: unknown, what: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: OptionSpec): number {
  if (typeof given === 'number') return assertWhole(given, what, { min, max });
  return parseWhole(String(given), what, { min, max });
}

function readBoundDuration(text: string, what: string, { max = Number.POSITIVE_INFINITY }: OptionSpec): number {
  const ms = parseDuration(text, what);
  if (ms <= max) return Math.round(ms);
  throw new UsageError('BAD_DURATION', `${what}: ${text} is longer than ${max / 86_400_000}d.`);
}

function readChoice(text: string, what: string, { choices = [] }: OptionSpec): string {
  if (choices.includes(text)) return text;
  const about = { name: text, known: choices, facts: { option: what } };
  throw unknownName('UNKNOWN_CHOICE', `${what}: there is no "${text}".`, about);
}

/** Edits of texts as they are typed, or by path: there a text keeps the type of what it replaces, and anything else is set as it is. */
function readEdits(given: unknown, what: string): readonly Edit[] {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return Object.entries(given).map(([text, value]) => {
      const path = parsePath(text);
      return typeof value === 'string' ? setText(path, value, what) : { type: 'setJson', path, value: toJson(value) };
    });
  }
  return [given].flat().map((text) => parseSet(String(text), what));
}

/** Headers of texts as they are typed, or by name. */
function readHeaders(given: unknown, what: string): readonly Header[] {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return Object.entries(given).map(([name, value]): Header => {
      checkHeader(name, String(value));
      return [name, String(value)];
    });
  }
  return [given].flat().map((text) => parseHeader(String(text), what));
}

const defaultUploadMs = 5000;
const maxUploadMs = 3_600_000;

function readFault(text: string, what: string): Fault {
  const [kind, value] = text.split(/=(.*)/s);
  if (kind === 'cut-body' && value === undefined) return { kind };
  if (kind !== 'slow-upload') {
    throw new UsageError(
      'UNKNOWN_FAULT',
      `${what}: "${text}" is not a fault. Write cut-body, slow-upload or slow-upload=30s.`,
    );
  }
  if (value === undefined) return { kind, durationMs: defaultUploadMs };
  const durationMs = parseDuration(value, `${what} slow-upload`);
  if (durationMs > 0 && durationMs <= maxUploadMs) return { kind, durationMs };
  throw new UsageError('BAD_FAULT', `${what} slow-upload: ${value} is not between 1ms and 1h.`);
}

/** Faults with their shares, such as `cut-body=1%` or `slow-upload=2s@1%`. */
function readFaultShares(texts: readonly string[], what: string): readonly FaultShare[] {
  const shares = texts.map((text) => {
    const [, fault = '', share = ''] = /^(.*?)[=@]([^=@]*%|[\d.]+)$/.exec(text.trim()) ?? [];
    if (fault !== '') return { fault: readFault(fault, what), share: parseShare(share, what) };
    const reason = `"${text}" does not say how many deliveries it is for.`;
    throw badValue('BAD_FAULT', what, { value: text, reason, hint: 'Write cut-body=1% or slow-upload=2s@1%.' });
  });
  if (shares.reduce((sum, { share }) => sum + share, 0) <= 1) return shares;
  throw badValue('BAD_SHARE', what, { value: texts.join(' '), reason: 'the shares add up to more than 100%.' });
}

/** Removes the flags that would make the next test begin where the last one ended. */
function stateless({ source, flags }: RegExp): RegExp {
  return new RegExp(source, flags.replace(/[gy]/g, ''));
}

function readPattern(text: string, what: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch (cause) {
    throw new UsageError('BAD_PATTERN', `${what}: ${(cause as Error).message}.`, { cause });
  }
}

/** The number may be left out, and then a name of a suite must not follow. */
function readBail(text: string, what: string): number {
  if (/^\d+$/.test(text)) return parseWhole(text, what, { min: 1, max: 1_000_000 });
  throw new UsageError(
    'BAD_NUMBER',
    `${what}: "${text}" is not a whole number. Write ${what} after the suites, or ${what}=1.`,
  );
}

/** Texts by name, of texts such as `name=text`, or of an object. Throws a UsageError for anything else. */
function readPairs(given: unknown, what: string): Readonly<Record<string, string>> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, String(text)]));
  }
  const pairs = [given].flat().map((each): [string, string] => {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(String(each)) ?? [];
    if (name !== undefined && text !== undefined) return [name, text];
    throw new UsageError('BAD_VALUE', `${what}: there is no name and "=". Write ${what} name=env:NAME.`);
  });
  return Object.fromEntries(pairs);
}

/** Addresses by host, of texts such as `host=address` or `host:port=address`, or of an object. Throws a UsageError for anything else. */
export function readHosts(given: unknown, what: string): Readonly<Record<string, string>> {
  const pairs =
    typeof given === 'object' && given !== null && !Array.isArray(given)
      ? Object.entries(given).map(([host, address]) => readHost(host, String(address), `${what}.${host}`))
      : [given].flat().map((text) => readPair(String(text), what));
  return Object.fromEntries(pairs);
}

function readPair(text: string, what: string): [host: string, address: string] {
  const at = text.indexOf('=');
  if (at < 1) throw badHost(`${what} ${text}`, 'there is no host, "=" and address.');
  return readHost(text.slice(0, at), text.slice(at + 1), `${what} ${text}`);
}

function readHost(host: string, written: string, what: string): [host: string, address: string] {
  const address = written.replace(/^\[(.*)\]$/, '$1');
  if (!isIP(address)) throw badHost(what, `"${address}" is not an IP address.`);
  const [, name = '', port] = /^([^:/?#@\s]+)(?::(\d+))?$/.exec(host) ?? [];
  const url = readUrl(`http://${name}`);
  if (!url || isIP(url.hostname) || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    throw badHost(what, `"${host}" is not the name of a host.`);
  }
  return [port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`, address];
}

function badHost(what: string, message: string): UsageError {
  return new UsageError('BAD_RESOLVE', `${what}: ${message} Write host=127.0.0.1 or host:8443=127.0.0.1.`);
}
