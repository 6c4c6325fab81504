import type { ToldTime } from '../core/diagnosis.js';
import { formatDuration } from '../core/duration.js';
import { readTime, type TimeKind } from '../core/time.js';
import { contentNames, isData } from '../signing/templates.js';
import { textMistakes } from './hypotheses/mistakes.js';
import type { Because } from './hypothesis.js';
import { readHeaders } from './readHeaders.js';
import { namesIn, type Reading } from './reading.js';

/** The time that a request tells and its signature covers; null where there is none. */
export function toldTime(
  reading: Reading,
  { now, toleranceMs }: { now: number; toleranceMs: number },
): ToldTime | null {
  const { provider, needed } = reading;
  for (const header of needed) {
    for (const name of namesIn(header)) {
      const spec = provider.values[name];
      if (spec?.kind !== 'time' || !isSigned(name, reading)) continue;
      const text = readHeaders([header], reading).values.get(name)?.[0];
      if (text === undefined) continue;
      const ms = millisecondsOf(text, spec.format);
      return { header: header.name, text, ageMs: Number.isFinite(ms) ? now - ms : null, toleranceMs };
    }
  }
  return null;
}

/** Of what a function signs nothing is known. */
function isSigned(name: string, { schemes }: Reading): boolean {
  return [...schemes.values()].some((scheme) => isData(scheme) && contentNames(scheme).includes(name));
}

function millisecondsOf(text: string, format: TimeKind): number {
  if (format === 'unix-seconds') return Number(text) * 1000;
  return format === 'unix-millis' ? Number(text) : readTime(text).ms;
}

/** What is wrong with a time that is too far from now; null where nothing is. */
export function judgeTime({ ageMs, toleranceMs }: ToldTime): Because | null {
  if (ageMs === null || Math.abs(ageMs) <= toleranceMs) return null;
  const facts = { detail: formatDuration(Math.abs(ageMs)), tolerance: formatDuration(toleranceMs) };
  return { mistake: ageMs > 0 ? textMistakes.tooOld : textMistakes.tooNew, dimension: 'time', facts };
}
