import type { Provider } from '../../core/provider.js';
import type { AdviceFacts } from '../adviceText.js';
import type { Finding } from '../findings.js';

/** Cases by what came of them; a name that ends in * stands for all that begin so. `crashed` takes `dropped` in. */
export type Signs = Partial<Record<Finding['symptom'], readonly string[]>>;

/** What is known when the texts of a flaw are written. */
export interface FlawEvidence extends AdviceFacts {
  /** What came of all cases. */
  readonly findings: readonly Finding[];
  /** Those of them that the flaw explains. */
  readonly explained: readonly Finding[];
}

/** A text of a flaw, or what makes it of the evidence. {header} and {scheme} in it are the provider's. */
export type FlawText = string | ((evidence: FlawEvidence) => string);

/** What is said of a flaw. */
export interface FlawTexts {
  readonly name: string;
  readonly title: FlawText;
  readonly why: FlawText;
  readonly fix: FlawText;
}

/** Turns a pattern of findings into a named flaw. */
export interface FlawRule extends FlawTexts {
  /** Every one of these has to be seen. */
  readonly all?: Signs;
  /** One of these at least. */
  readonly any?: Signs;
  /** None of these. */
  readonly none?: Signs;
  /** More than half of the forgeries have to show it, at least four of them. */
  readonly most?: Finding['symptom'];
  /** The providers for which what it says can be true; all by default. */
  readonly appliesTo?: (provider: Provider) => boolean;
  /** The statuses that those which it explains came with; any by default. */
  readonly status?: readonly number[];
  /** What it accounts for, so that no other flaw is named for it. */
  readonly explains: Signs;
}

/** Whether the findings show what a rule looks for. */
export function isSeen(
  { all, any, none, most, appliesTo }: FlawRule,
  provider: Provider,
  findings: readonly Finding[],
): boolean {
  const seen = (signs: Signs) =>
    entries(signs).map(([symptom, name]) => findings.some((each) => shows(each, symptom, name)));
  return (
    (!appliesTo || appliesTo(provider)) &&
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
  const forgeries = findings.filter((each) => each.case.class === 'must-reject' && each.symptom !== 'unknown');
  const count = forgeries.filter((each) => each.symptom === symptom).length;
  return count > forgeries.length / 2 && count >= 4;
}
