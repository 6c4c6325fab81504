import type { Finding } from '../core/check.js';
import type { Outcome } from '../core/outcome.js';
import { answerAdvice } from './answerAdvice.js';
import type { CheckCase } from './cases/case.js';
import type { CaseSource } from './cases/caseSource.js';
import { plainCase } from './cases/mustAccept.js';
import { prepareCase } from './cases/prepareCase.js';
import type { JudgedCase } from './judgedCase.js';
import { buildFinding, evidenceOf } from './rules/findFindings.js';
import { atRandom, neverAccepted, secondLooks } from './rules/secondLook.js';
import type { Sender } from './sender.js';
import { failedAttempts } from './whatHappened.js';

export interface SecondLookOptions {
  readonly source: CaseSource;
  readonly sender: Sender;
  readonly signal: AbortSignal;
  /** The result of the plain event. */
  readonly judgedCases: readonly JudgedCase[];
}

/** How often the plain event is sent again to a receiver that rejected it. */
const retries = 3;

/** Tries what a receiver may take in place of the plain event that it rejected, and names what that tells. */
export async function diagnoseRejection({ source, sender, signal, judgedCases }: SecondLookOptions): Promise<Finding> {
  const { provider } = source;
  const evidence = evidenceOf(provider, judgedCases, judgedCases);
  const rejected = failedAttempts(judgedCases).at(-1) ?? null;
  const never = buildFinding({ ...neverAccepted, fix: (facts) => answerAdvice(rejected, facts) }, evidence);
  const outcomeOf = async (one: CheckCase): Promise<Outcome | null> => {
    const prepared = await prepareCase(one, source);
    if (prepared.leftOut !== null) return null;
    const results = await sender.send([prepared], new Uint8Array());
    return results.get(prepared)?.[0]?.outcome ?? null;
  };
  const again = Array.from({ length: retries }, () => ({ ...atRandom, finding: atRandom.name, delivery: plainCase }));
  const looks = secondLooks.filter(({ appliesTo }) => !appliesTo || appliesTo(provider));
  for (const { finding, title, why = neverAccepted.why, fix, delivery } of [...again, ...looks]) {
    if (signal.aborted || sender.isOverBudget) break;
    const outcome = await outcomeOf(delivery);
    // Who does not answer will not answer what comes next either.
    if (outcome === 'timed_out' || outcome === 'unreachable' || outcome === 'broken') break;
    if (outcome === 'accepted') return buildFinding({ name: finding, title, why, fix }, evidence);
  }
  return never;
}
