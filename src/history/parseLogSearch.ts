import { type Outcome, outcomes } from '../core/attempt.js';
import { readDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { LogEntry, LogRow } from '../core/logEntry.js';
import { unknownName } from '../core/nearest.js';

/** A search of the log that was understood: all of its terms have to fit. */
export interface LogSearch {
  /** Whether the fields of a delivery fit. */
  readonly fits: (row: LogRow) => boolean;
  /** Names of the fields that it has. */
  readonly fields: ReadonlySet<string>;
  /** Texts in lower case that have to be in its address, headers or bodies, or must not be. */
  readonly texts: readonly { readonly text: string; readonly isWanted: boolean }[];
}

type Test = (row: LogRow) => boolean;

interface Field {
  /** Makes the test of a value. Throws a UsageError. */
  readonly read: (value: string, now: number) => Test;
  readonly example: string;
}

const maxSearch = 2000;
const maxTerms = 50;

/** A name, in which `*` matches any text, in whatever letter case. */
function pattern(value: string): RegExp {
  return new RegExp(`^${value.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'is');
}

function texts(textsOf: (row: LogRow) => readonly (string | null)[], example: string): Field {
  return {
    example,
    read(value) {
      const wanted = value.split(',').map(pattern);
      return (row) => textsOf(row).some((text) => text !== null && wanted.some((each) => each.test(text)));
    },
  };
}

function begins(textOf: (row: LogRow) => string | null, example: string): Field {
  return { example, read: (value) => (row) => textOf(row)?.startsWith(value.toLowerCase()) === true };
}

function numbers(numberOf: (row: LogRow) => number | null, example: string): Field {
  return {
    example,
    read(value) {
      const tests = value.split(',').map((part) => readRange(part, example));
      return (row) => {
        const number = numberOf(row);
        return tests.some((test) => test(number));
      };
    },
  };
}

/** `404`, `>=400`, `400..499`, `4xx`, `none`. */
function readRange(text: string, example: string): (number: number | null) => boolean {
  if (text === 'none') return (number) => number === null;
  const [, digit] = /^(\d)xx$/i.exec(text) ?? [];
  if (digit !== undefined) return (number) => number !== null && Math.floor(number / 100) === Number(digit);
  const [, from, to] = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (to !== undefined) return (number) => number !== null && number >= Number(from) && number <= Number(to);
  const [, sign = '=', digits] = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (digits === undefined) throw badTerm(`"${text}" is no number`, example);
  const wanted = Number(digits);
  return (number) => number !== null && compare[sign as keyof typeof compare](number, wanted);
}

const compare = {
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '=': (a: number, b: number) => a === b,
};

/** A field whose values are a few words. */
function words(known: Readonly<Record<string, Test>>, example: string): Field {
  return {
    example,
    read(value) {
      const tests = value.split(',').map((word) => {
        const test = Object.hasOwn(known, word.toLowerCase()) ? known[word.toLowerCase()] : undefined;
        if (test) return test;
        const problem = `There is no value ${word} here.`;
        throw unknownName('BAD_SEARCH', problem, { name: word, known: Object.keys(known), more: `As in ${example}.` });
      });
      return (row) => tests.some((test) => test(row));
    },
  };
}

const sent: Test = ({ direction }) => direction === 'sent';
const received: Test = ({ direction }) => direction === 'received';

/** The fields that a search may name. */
const fields: Readonly<Record<string, Field>> = {
  provider: texts(({ provider }) => [provider], 'provider:stripe'),
  event: texts(({ event }) => [event], 'event:invoice.*'),
  variant: texts(({ variant }) => [variant], 'variant:canceled'),
  forge: texts(({ forge }) => [forge], 'forge:*'),
  target: texts(({ target }) => [target], 'target:dev'),
  url: texts(({ url }) => [url], 'url:*/webhooks'),
  method: texts(({ method }) => [method], 'method:post'),
  id: texts(({ id }) => [id], 'id:evt_*'),
  key: begins(({ key }) => key, 'key:3f2a91c0'),
  command: texts(({ command }) => [command], 'command:check'),
  case: texts(({ caseName }) => [caseName], 'case:duplicate'),
  run: begins(({ run }) => run, 'run:9c01d2e3'),
  resent: begins(({ resendOf }) => resendOf, 'resent:3f2a91c0'),
  outcome: words(
    Object.fromEntries(outcomes.map((each: Outcome) => [each, ({ outcome }: LogRow) => outcome === each])),
    'outcome:rejected',
  ),
  direction: words({ out: sent, sent, in: received, received }, 'direction:in'),
  is: words(
    {
      ok: ({ ok }) => ok,
      failed: ({ ok }) => !ok,
      forged: ({ forge }) => forge !== null,
      resent: ({ resendOf }) => resendOf !== null,
      retried: ({ attemptCount }) => attemptCount > 1,
    },
    'is:failed',
  ),
  status: numbers(({ status }) => status, 'status:>=400'),
  attempts: numbers(({ attemptCount }) => attemptCount, 'attempts:>1'),
  bytes: numbers(({ bytes }) => bytes, 'bytes:>65536'),
  ms: numbers(({ totalMs }) => totalMs, 'ms:>500'),
  after: { example: 'after:1h', read: (value, now) => (row) => row.at >= readMoment(value, now, 'after:1h') },
  before: { example: 'before:2026-01-31', read: (value, now) => (row) => row.at < readMoment(value, now, 'before:1h') },
};

/** Milliseconds since 1970 of `1h` (before now) or a time. Throws a UsageError. */
function readMoment(text: string, now: number, example: string): number {
  const duration = readDuration(text);
  const time =
    duration === undefined ? (/^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN) : now - duration;
  if (!Number.isNaN(time)) return time;
  throw badTerm(`"${text}" is neither a duration nor a time`, `${example} or after:2026-01-31T12:00:00Z`);
}

function badTerm(problem: string, example: string): UsageError {
  return new UsageError('BAD_SEARCH', `${problem}.`, { hint: `Write ${example}.` });
}

/** A term: optionally `-`, optionally the name of a field and a colon, and a text that may be quoted. */
const term = /\s*(-?)(?:([a-z]+):(?:"((?:[^"\\]|\\.)*)"|(\S*))|"((?:[^"\\]|\\.)*)"|(\S+))/iy;

/**
 * Reads a search such as `provider:stripe status:>=400 "pi_123" after:1h`: fields with a value, and texts; `-` before one negates it. `now` is in
 * milliseconds since 1970. Throws a UsageError that names the fault.
 */
export function parseLogSearch(text: string, now: number): LogSearch {
  if (text.length > maxSearch)
    throw new UsageError('BAD_SEARCH', `A search has at most ${maxSearch} characters, and this has ${text.length}.`);
  const tests: Test[] = [];
  const named = new Set<string>();
  const found: { text: string; isWanted: boolean }[] = [];
  term.lastIndex = 0;
  const whole = text.trimEnd();
  while (term.lastIndex < whole.length) {
    const at = term.lastIndex;
    const match = term.exec(whole);
    if (match === null) throw badTerm(`"${whole.slice(at).trim()}" can't be read`, 'provider:stripe "pi_123"');
    const [, minus, name, quotedValue, plainValue, quotedText, plainText] = match;
    const quoted = quotedValue ?? quotedText;
    const plain = plainValue ?? plainText ?? '';
    if (tests.length + found.length >= maxTerms)
      throw new UsageError('BAD_SEARCH', `A search has at most ${maxTerms} terms.`);
    const value = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1');
    if (quoted === undefined && value.includes('"')) throw badTerm('A quotation mark has no other', '"pi_123"');
    const isWanted = minus === '';
    if (name === undefined) {
      if (value !== '') found.push({ text: value.toLowerCase(), isWanted });
      continue;
    }
    named.add(name.toLowerCase());
    const test = fieldTest(name.toLowerCase(), value, now);
    tests.push(isWanted ? test : (row) => !test(row));
  }
  return { fits: (row) => tests.every((test) => test(row)), fields: named, texts: found };
}

function fieldTest(name: string, value: string, now: number): Test {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) {
    throw unknownName('BAD_SEARCH', `A search has no field ${name}.`, {
      name,
      known: Object.keys(fields),
      more: `To search for the text, write it in quotes: "${name}:${value}"`,
    });
  }
  if (value === '') throw badTerm(`${name}: has no value`, field.example);
  const test = field.read(value, now);
  // What is wrong with a value is found out before anything is searched.
  test(anyRow);
  return test;
}

const anyRow: LogRow = {
  key: '',
  run: '',
  command: 'send',
  purpose: 'event',
  caseName: null,
  at: 0,
  direction: 'sent',
  provider: null,
  event: '',
  variant: null,
  forge: null,
  id: '',
  method: '',
  url: '',
  target: null,
  outcome: 'accepted',
  ok: true,
  status: null,
  totalMs: 0,
  attemptCount: 1,
  bytes: 0,
  resendOf: null,
};

/** Returns whether a row that holds no single delivery contains the texts of a search. */
export function holdsRowTexts({ url, event, caseName }: LogRow, wanted: LogSearch['texts']): boolean {
  const haystack = `${url}\n${event}\n${caseName ?? ''}`.toLowerCase();
  return wanted.every(({ text, isWanted }) => haystack.includes(text) === isWanted);
}

/** Returns whether a delivery contains the texts of a search: in its address, headers, bodies and errors. */
export function holdsTexts(entry: LogEntry, wanted: LogSearch['texts']): boolean {
  if (wanted.length === 0) return true;
  const { url, publicUrl, id, event, caseName, headers, body, maskedBody, attempts } = entry;
  const haystack = [
    ...[url, publicUrl ?? '', id, event, caseName ?? '', entry.isRecognized ? entry.provider : ''],
    ...headers.map(([name, value]) => `${name}: ${typeof value === 'string' ? value : ''}`),
    decodeText(body ?? maskedBody),
    ...attempts.flatMap(({ response, error }) => [
      ...(response?.headers.map(([name, value]) => `${name}: ${value}`) ?? []),
      decodeText(response?.body ?? null),
      ...(error === null ? [] : [error.code, error.message]),
    ]),
  ]
    .join('\n')
    .toLowerCase();
  return wanted.every(({ text, isWanted }) => haystack.includes(text) === isWanted);
}

function decodeText(body: Uint8Array | null): string {
  return body === null ? '' : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
