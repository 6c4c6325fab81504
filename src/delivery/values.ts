import type { ForgeryChange, TimeUnit } from '../core/forgery.js';
import { freshIdentity } from '../core/identity.js';
import type { Renewal } from '../core/policy.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { MadeValueSpec } from '../core/template.js';
import { formatTime } from '../core/time.js';
import { isRead } from './readValues.js';

/** The values that are made for one delivery: what its headers tell, and what its signature covers; the same but in a forgery. */
export interface MadeValues {
  readonly told: ReadonlyMap<string, string>;
  readonly signed: ReadonlyMap<string, string>;
}

/** Values that a retry keeps, but for what it renews. */
export interface EarlierValues {
  readonly made: MadeValues;
  readonly renewed: readonly Renewal[];
}

/** Makes a provider's values for one delivery; a forgery of the time moves it for the headers and, if signed, for the signature. */
export function resolveValues(
  specs: Provider['values'],
  now: number,
  random: Random,
  change: ForgeryChange | null,
  earlier?: EarlierValues,
): MadeValues {
  const offset = change?.stage === 'time' ? change.offsetSeconds * 1000 : 0;
  const unit = change?.stage === 'sent time' ? change.as : null;
  const told = new Map<string, string>();
  for (const name in specs) {
    const spec = specs[name]!;
    if (isRead(spec)) continue;
    const old = earlier && keeps(earlier, spec) ? earlier.made.told.get(name) : undefined;
    told.set(name, old ?? createValue(spec, now + offset, random, unit));
  }
  if (isSigned(change)) return { told, signed: told };
  const signed = new Map(told);
  for (const name in specs) {
    const spec = specs[name]!;
    if (spec.kind === 'time') signed.set(name, formatTime(now, spec.format));
  }
  return { told, signed };
}

function keeps({ renewed }: EarlierValues, { kind }: MadeValueSpec): boolean {
  return !renewed.includes('values') && !(kind === 'time' && renewed.includes('times'));
}

/** Whether what is reported is what is signed. */
function isSigned(change: ForgeryChange | null): boolean {
  if (change?.stage === 'time') return change.signed;
  return change?.stage !== 'sent time' || change.as !== 'nothing';
}

const perMillisecond: Record<TimeUnit, number> = { seconds: 0.001, milliseconds: 1, microseconds: 1000 };

function createValue(spec: MadeValueSpec, now: number, random: Random, unit: TimeUnit | 'nothing' | null): string {
  if (spec.kind === 'time') {
    if (unit === 'nothing') return '';
    return unit && spec.format.startsWith('unix-')
      ? String(Math.floor(now * perMillisecond[unit]))
      : formatTime(now, spec.format);
  }
  return (spec.prefix ?? '') + freshIdentity({ kind: spec.kind, length: spec.length ?? 0, ms: now }, random);
}
