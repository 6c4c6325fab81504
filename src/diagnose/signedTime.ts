import type { SignedTimeReading } from '../core/diagnosis.js';
import { formatDuration } from '../core/duration.js';
import { signedTime } from '../verify/signedTime.js';
import { textMistakes } from './hypotheses/mistakes.js';
import type { Cause } from './hypothesis.js';
import type { Reading } from './reading.js';

/** Reads the signed time of a request; null where there is none. */
export function readSignedTime(
  { provider, request }: Reading,
  { now, toleranceMs }: { now: number; toleranceMs: number },
): SignedTimeReading | null {
  const time = signedTime(provider, request);
  if (time === null) return null;
  const { name, text, ms } = time;
  return { header: name, text, ageMs: ms === null ? null : now - ms, toleranceMs };
}

/** Returns the fault of a time that is too far from now; null where there is none. */
export function judgeTime({ ageMs, toleranceMs }: SignedTimeReading): Cause | null {
  if (ageMs === null || Math.abs(ageMs) <= toleranceMs) return null;
  const facts = { detail: formatDuration(Math.abs(ageMs)), tolerance: formatDuration(toleranceMs) };
  return { mistake: ageMs > 0 ? textMistakes.tooOld : textMistakes.tooNew, dimension: 'time', facts };
}
