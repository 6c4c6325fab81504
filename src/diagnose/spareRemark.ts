import type { ExplainedMistake } from '../core/diagnosis.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { type Case, type Cause, toFinding } from './hypothesis.js';
import type { Reading } from './reading.js';

/** Returns the remark that a signature is missing which another one makes needless; null where none is missing. */
export function spareRemark(given: Case, { provider, carriers, spared }: Reading): ExplainedMistake | null {
  if (spared.length === 0) return null;
  const header = carriers.map(({ name }) => name).filter((name) => !spared.includes(name));
  const facts = { provider: provider.title, header: header.join(' and '), own: spared.join(' and ') };
  const because: Cause = { mistake: textMistakes.oneHeaderMissing, dimension: 'header', facts };
  return toFinding(because, 'signature', given.nameOf);
}
