import type { ExplainedMistake } from '../core/diagnosis.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { type Case, type Cause, toFinding } from './hypothesis.js';
import type { Reading } from './reading.js';

/** Says that a signature did not come which another one makes needless; null where all did. */
export function spareRemark(given: Case, { provider, carriers, spared }: Reading): ExplainedMistake | null {
  if (spared.length === 0) return null;
  const header = carriers.map(({ name }) => name).filter((name) => !spared.includes(name));
  const facts = { provider: provider.title, header: header.join(' and '), own: spared.join(' and ') };
  const because: Cause = { mistake: textMistakes.oneHeaderMissing, dimension: 'header', facts };
  return toFinding(because, 'signature', given.nameOf);
}
