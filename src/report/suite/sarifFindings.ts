import type { CaseEnded, Finding } from '../../core/check.js';
import type { ResultEnded, SuiteCheck } from '../../core/suite.js';
import { failureSummary } from './failureText.js';
import type { SarifRule, Severity } from './sarifRules.js';

/** One thing that SARIF tells. */
export interface SarifFinding {
  readonly rule: SarifRule;
  readonly severity: Severity;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  /** The cases of a check that show it. */
  readonly cases: readonly string[];
}

const acceptedForgery: SarifRule = {
  id: 'forgery-accepted',
  title: 'A forged delivery was accepted',
  why: 'The provider never sent this delivery: whoever knows the address can send events like it.',
  fix: 'Verify the signature over the raw body before anything else, and answer 401 where it is wrong. "webhook-sim check" says what exactly is wrong.',
};

const failedCase: SarifRule = {
  id: 'case-failed',
  title: 'A case did not meet its expectations',
  why: 'The receiver did not do what the suite says that it does.',
  fix: 'Run the case again with "webhook-sim run --verbose --grep" and its name: it shows the request and the answer.',
};

/** What a case of a suite found: the findings and remarks of a check whatever came of it; for another one only that it failed. */
export function sarifFindings(result: ResultEnded): SarifFinding[] {
  const { check, status, failures } = result;
  const named = check ? [...check.summary.findings, ...check.summary.remarks] : [];
  const findings = named.map((finding) => toFinding(finding, check!));
  if (status !== 'failed' || findings.some(({ level }) => level === 'error')) return findings;
  const isLetIn = result.forge !== null && result.deliveries.some(({ ok, outcome }) => !ok && outcome === 'accepted');
  const rule = isLetIn ? acceptedForgery : failedCase;
  return [
    ...findings,
    { rule, severity: isLetIn ? 8.1 : null, level: 'error', message: failureSummary(failures), cases: [] },
  ];
}

function toFinding({ name, title, why, fix, cases }: Finding, check: SuiteCheck): SarifFinding {
  const shown = check.cases.filter((each) => cases.includes(each.name));
  const has = (verdict: CaseEnded['verdict']) => shown.some((each) => each.verdict === verdict);
  return {
    rule: { id: name, title, why, fix },
    severity: severityOf(shown, check),
    level: has('finding') ? 'error' : has('remark') ? 'warning' : 'note',
    message: `${title}. Seen in: ${cases.join(', ')}. ${fix}`,
    cases,
  };
}

/** The heaviest of what the cases show; genuine events that are lost are no matter of security. */
function severityOf(cases: readonly CaseEnded[], { summary }: SuiteCheck): Severity {
  const bad = cases.filter((each) => each.class !== 'must-accept');
  const failed = bad.filter(({ verdict }) => verdict === 'finding');
  const isLetIn = failed.some(
    (each) => each.class === 'must-reject' && each.deliveries.some(({ outcome }) => outcome === 'accepted'),
  );
  if (isLetIn) return summary.grade === 'F' ? 9.1 : 8.1;
  if (failed.length > 0) return 5.3;
  return bad.some(({ verdict }) => verdict === 'remark') ? 3.1 : null;
}
