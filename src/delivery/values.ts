import type { ForgeryChange, TimeUnit } from '../core/forgery.js';
import { freshIdentity } from '../core/identity.js';
import { readMoment } from '../core/moment.js';
import type { Renewal } from '../core/policy.js';
import type { Provider } from '../core/provider.js';
import { type Random, randomBelow } from '../core/random.js';
import type { GeneratedValueSpec, GivenValueSpec, TimeValueSpec } from '../core/template.js';
import { formatTime, isCounted } from '../core/time.js';
import { isRead } from './readValues.js';
import { type AttemptContext, firstAttempt } from './source.js';

/** The values that are made for one delivery: those in its headers, and those that its signature covers; they differ only in a forgery. */
export interface MadeValues {
  readonly stated: ReadonlyMap<string, string>;
  readonly signed: ReadonlyMap<string, string>;
}

/** Values that a retry keeps, except those that it renews. */
export interface EarlierValues {
  readonly values: MadeValues;
  readonly renewed: readonly Renewal[];
}

/** Makes a provider's values for one delivery; a forgery of the time moves it for the headers and, if signed, for the signature. */
export function resolveValues(
  specs: Provider['values'],
  now: number,
  random: Random,
  change: ForgeryChange | null,
  earlier?: EarlierValues,
  attempt: AttemptContext = firstAttempt,
  given: ReadonlyMap<string, string> = new Map(),
): MadeValues {
  const offset = change?.stage === 'time' ? change.offsetSeconds * 1000 : 0;
  const unit = change?.stage === 'sent time' ? change.as : null;
  const stated = new Map<string, string>();
  // A moment has the same digits wherever it is written.
  const below = hasNanoseconds(specs) ? String(randomBelow(random, 1_000_000)).padStart(6, '0') : undefined;
  for (const name in specs) {
    const spec = specs[name]!;
    if (isRead(spec)) continue;
    const old = earlier && keeps(earlier, spec) ? earlier.values.stated.get(name) : undefined;
    if (spec.kind === 'given') {
      stated.set(name, given.get(name) ?? spec.sample);
      continue;
    }
    stated.set(name, old ?? createValue(spec, { now: now + offset, below, unit, attempt }, random));
  }
  if (isSigned(change)) return { stated, signed: stated };
  const signed = new Map(stated);
  for (const name in specs) {
    const spec = specs[name]!;
    if (spec.kind === 'time') signed.set(name, writeTime(spec, now, below));
  }
  return { stated, signed };
}

function keeps({ renewed }: EarlierValues, spec: GeneratedValueSpec): boolean {
  if (spec.kind === 'attempt' || spec.kind === 'outcome') return false;
  if (spec.kind !== 'time') return !renewed.includes('values');
  return spec.at === 'first attempt' || !(renewed.includes('values') || renewed.includes('times'));
}

function hasNanoseconds(specs: Provider['values']): boolean {
  for (const name in specs) {
    const spec = specs[name]!;
    if (spec.kind === 'time' && spec.format.endsWith('-nanos')) return true;
  }
  return false;
}

/** Returns whether the signed time is the one that is sent. */
function isSigned(change: ForgeryChange | null): boolean {
  if (change?.stage === 'time') return change.signed;
  return change?.stage !== 'sent time' || change.as !== 'nothing';
}

const perMillisecond: Record<TimeUnit, number> = { seconds: 0.001, milliseconds: 1, microseconds: 1000 };

/** A moment as the times of a delivery write it. */
interface SentMoment {
  readonly now: number;
  readonly below: string | undefined;
  readonly unit: TimeUnit | 'nothing' | null;
  readonly attempt: AttemptContext;
}

function createValue(spec: Exclude<GeneratedValueSpec, GivenValueSpec>, moment: SentMoment, random: Random): string {
  if (spec.kind === 'time') {
    const { now, below, unit } = moment;
    if (unit === 'nothing') return '';
    return unit && isCounted(spec.format)
      ? String(Math.floor(computeMoment(spec, now) * perMillisecond[unit]))
      : writeTime(spec, now, below);
  }
  const { number, after } = moment.attempt;
  if (spec.kind === 'attempt') {
    const { from = 1, first = String(from), retries = String(number - 1 + from) } = spec;
    return number === 1 ? first : retries;
  }
  if (spec.kind === 'outcome') return after === null ? '' : spec[after];
  const { kind, length = 0, prefix = '', pattern } = spec;
  return prefix + freshIdentity({ kind, length, pattern, ms: moment.now }, random);
}

function writeTime(spec: TimeValueSpec, now: number, below: string | undefined): string {
  return formatTime(computeMoment(spec, now), spec.format, below, spec.zone);
}

/** The time of a value, in milliseconds since 1970. */
function computeMoment({ at }: TimeValueSpec, now: number): number {
  const moment = at === undefined ? undefined : readMoment(at);
  return typeof moment === 'object' ? now + moment.offsetMs : now;
}
