import type { ToldTime } from '../core/diagnosis.js';
import { formatDuration } from '../core/duration.js';
import { readTime, type TimeKind } from '../core/time.js';
import { coveredBy } from '../signing/covered.js';
import { extract } from '../signing/extract.js';
import { readClaims } from '../signing/jwt.js';
import { isData } from '../signing/templates.js';
import { textMistakes } from './hypotheses/mistakes.js';
import type { Because } from './hypothesis.js';
import { readHeaders } from './readHeaders.js';
import { namesIn, type Reading, type Teller } from './reading.js';

/** The time that a request tells and its signature covers; null where there is none. */
export function toldTime(
  reading: Reading,
  { now, toleranceMs }: { now: number; toleranceMs: number },
): ToldTime | null {
  const { provider, tellers } = reading;
  // Of what a function signs nothing is known.
  const covered = coveredBy(provider, isData);
  const isCovered = (teller: Teller, name: string) =>
    covered.names.has(name) ||
    (teller.kind === 'field' && (covered.bytes || covered.fields === 'sorted' || covered.fields.includes(teller.name)));
  const told = (header: string, text: string, format: TimeKind): ToldTime => {
    const ms = millisecondsOf(text, format);
    return { header, text, ageMs: Number.isFinite(ms) ? now - ms : null, toleranceMs };
  };
  for (const teller of tellers) {
    for (const name of namesIn(teller)) {
      const spec = provider.values[name];
      if (spec?.kind !== 'time' || !isCovered(teller, name)) continue;
      const text = readHeaders([teller], reading).values.get(name)?.[0];
      if (text !== undefined) return told(teller.name, text, spec.format);
    }
  }
  for (const { name, text, format } of claimedTimes(reading)) return told(name, text, format);
  return null;
}

/** The times that the tokens of a request claim. */
function* claimedTimes({ provider, tellers, schemes }: Reading) {
  for (const teller of tellers) {
    for (const [proof, token] of extract(teller, teller.texts()[0] ?? '') ?? []) {
      const claimed = readClaims(token);
      for (const { name, template } of (claimed && schemes.get(proof)?.claims) || []) {
        const [part] = template;
        const spec = part && 'name' in part ? provider.values[part.name] : undefined;
        if (spec?.kind === 'time') yield { name, text: String(claimed![name]), format: spec.format };
      }
    }
  }
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
