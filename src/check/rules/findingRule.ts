import type { Provider } from '../../core/provider.js';
import type { AdviceFacts } from '../adviceText.js';
import type { JudgedCase } from '../judgeCase.js';

/** Names of cases by symptom; a name that ends in * means all that begin so. `crashed` includes `dropped`. */
export type CasesBySymptom = Partial<Record<JudgedCase['symptom'], readonly string[]>>;

/** The facts from which the texts of a finding are written. */
export interface FindingEvidence extends AdviceFacts {
  /** The result of all cases. */
  readonly judgedCases: readonly JudgedCase[];
  /** Those of them that the finding explains. */
  readonly explained: readonly JudgedCase[];
}

/** A text of a finding, or a function that makes it of the evidence. {header} and {scheme} in it are the provider's. */
export type FindingText = string | ((evidence: FindingEvidence) => string);

/** The texts of a finding. */
export interface FindingTexts {
  readonly name: string;
  readonly title: FindingText;
  readonly why: FindingText;
  readonly fix: FindingText;
}

/** Turns a pattern of judged cases into a named finding. */
export interface FindingRule extends FindingTexts {
  /** Every one of these has to be seen. */
  readonly all?: CasesBySymptom;
  /** One of these at least. */
  readonly any?: CasesBySymptom;
  /** None of these. */
  readonly none?: CasesBySymptom;
  /** More than half of the forgeries have to show it, at least four of them. */
  readonly most?: JudgedCase['symptom'];
  /** The providers to which it can apply; all by default. */
  readonly appliesTo?: (provider: Provider) => boolean;
  /** The statuses of the cases that it explains; any by default. */
  readonly status?: readonly number[];
  /** The cases that it explains, so that no other finding is named for them. */
  readonly explains: CasesBySymptom;
}

/** Returns whether the judged cases match a rule. */
export function isSeen(
  { all, any, none, most, appliesTo }: FindingRule,
  provider: Provider,
  judgedCases: readonly JudgedCase[],
): boolean {
  const seen = (signs: CasesBySymptom) =>
    entries(signs).map(([symptom, name]) => judgedCases.some((each) => shows(each, symptom, name)));
  return (
    (!appliesTo || appliesTo(provider)) &&
    (!all || seen(all).every(Boolean)) &&
    (!any || seen(any).some(Boolean)) &&
    (!none || !seen(none).some(Boolean)) &&
    (!most || isMost(most, judgedCases))
  );
}

/** Returns whether a rule accounts for a finding. */
export function isExplained({ explains, status }: FindingRule, judgedCase: JudgedCase): boolean {
  const fits = entries(explains).some(([symptom, name]) => shows(judgedCase, symptom, name));
  return (
    fits &&
    (!status || judgedCase.ended.deliveries.some(({ attempts }) => status.includes(attempts.at(-1)!.status ?? 0)))
  );
}

function entries(signs: CasesBySymptom): [symptom: string, name: string][] {
  return Object.entries(signs).flatMap(([symptom, names]) => names.map((name): [string, string] => [symptom, name]));
}

function shows({ case: { name, class: group }, symptom }: JudgedCase, sought: string, pattern: string): boolean {
  if (symptom !== sought && !(sought === 'crashed' && symptom === 'dropped')) return false;
  if (pattern === group) return true;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function isMost(symptom: JudgedCase['symptom'], judgedCases: readonly JudgedCase[]): boolean {
  const forgeries = judgedCases.filter((each) => each.case.class === 'must-reject' && each.symptom !== 'unknown');
  const count = forgeries.filter((each) => each.symptom === symptom).length;
  return count > forgeries.length / 2 && count >= 4;
}
