import type { Finding } from './findings.js';

/** Cases by what came of them; a name that ends in * stands for all that begin so. `crashed` takes `dropped` in. */
export type Signs = Partial<Record<Finding['symptom'], readonly string[]>>;

/** Turns a pattern of findings into a named flaw. {header}, {lowerHeader} and {secret} in its texts are the provider's. */
export interface FlawRule {
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** Every one of these has to be seen. */
  readonly all?: Signs;
  /** One of these at least. */
  readonly any?: Signs;
  /** None of these. */
  readonly none?: Signs;
  /** More than half of the forgeries have to show it, at least four of them. */
  readonly most?: Finding['symptom'];
  /** The statuses that those which it explains came with; any by default. */
  readonly status?: readonly number[];
  /** What it accounts for, so that no other flaw is named for it. */
  readonly explains: Signs;
}

/** Whether the findings show what a rule looks for. */
export function isSeen({ all, any, none, most }: FlawRule, findings: readonly Finding[]): boolean {
  const seen = (signs: Signs) =>
    entries(signs).map(([symptom, name]) => findings.some((each) => shows(each, symptom, name)));
  return (
    (!all || seen(all).every(Boolean)) &&
    (!any || seen(any).some(Boolean)) &&
    (!none || !seen(none).some(Boolean)) &&
    (!most || isMost(most, findings))
  );
}

/** Whether a rule accounts for a finding. */
export function isExplained({ explains, status }: FlawRule, finding: Finding): boolean {
  const fits = entries(explains).some(([symptom, name]) => shows(finding, symptom, name));
  return (
    fits && (!status || finding.ended.deliveries.some(({ attempts }) => status.includes(attempts.at(-1)!.status ?? 0)))
  );
}

function entries(signs: Signs): [symptom: string, name: string][] {
  return Object.entries(signs).flatMap(([symptom, names]) => names.map((name): [string, string] => [symptom, name]));
}

function shows({ case: { name, class: group }, symptom }: Finding, sought: string, pattern: string): boolean {
  if (symptom !== sought && !(sought === 'crashed' && symptom === 'dropped')) return false;
  if (pattern === group) return true;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function isMost(symptom: Finding['symptom'], findings: readonly Finding[]): boolean {
  const forgeries = findings.filter((each) => each.case.class === 'must-refuse' && each.symptom !== 'unknown');
  const count = forgeries.filter((each) => each.symptom === symptom).length;
  return count > forgeries.length / 2 && count >= 4;
}
