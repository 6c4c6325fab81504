import type { CaseEnded, Finding } from '../../core/check.js';
import { printable } from '../../core/printable.js';
import type { ResultEnded, SuiteCheck } from '../../core/suite.js';
import { failureSummary } from './suiteTotals.js';

/** A kind of finding, in our words or those of a check. */
interface SarifRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** The severity of a finding: GitHub calls more than 9 critical, from 7 high, from 4 medium; null where security is not affected. */
type Severity = number | null;

interface Weighed {
  readonly rule: SarifRule;
  readonly severity: Severity;
}

/** The rules that have findings, each once, with the heaviest weight that any of its findings has. */
export class SarifRules {
  private readonly rules = new Map<string, Weighed>();

  /** Takes the rule of a finding; its place in the list. */
  add({ rule, severity }: Weighed): number {
    const known = this.rules.get(rule.id);
    this.rules.set(rule.id, { rule: known?.rule ?? rule, severity: maxSeverity(known?.severity ?? null, severity) });
    return [...this.rules.keys()].indexOf(rule.id);
  }

  list(): object[] {
    return [...this.rules.values()].map(described);
  }
}

function maxSeverity(a: Severity, b: Severity): Severity {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function described({ rule: { id, title, why, fix }, severity }: Weighed): object {
  const isSecurity = severity !== null;
  return {
    id,
    shortDescription: { text: printable(title) },
    fullDescription: { text: printable(why) },
    help: { text: `${printable(why)}\n\nFix: ${printable(fix)}` },
    properties: {
      tags: isSecurity ? ['security', 'webhooks'] : ['webhooks'],
      ...(isSecurity && { 'security-severity': severity.toFixed(1) }),
    },
  };
}

/** One result of SARIF. */
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

/** Returns the results of a case of a suite: the findings and remarks of a check whether it passed or not; for another case only that it failed. */
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
