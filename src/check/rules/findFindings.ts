import type { Finding } from '../../core/check.js';
import type { Provider } from '../../core/provider.js';
import { writeAdvice } from '../adviceText.js';
import { type Breakdown, breakdownRule } from '../breakdown.js';
import { interpolateTerms } from '../caseTexts.js';
import type { JudgedCase } from '../judgeCase.js';
import { algorithmRules } from './algorithmRules.js';
import { boundRules } from './boundRules.js';
import { breakingRules } from './breakingRules.js';
import { comparisonRules } from './comparisonRules.js';
import { eventFindingRules } from './eventFindingRules.js';
import {
  type FindingEvidence,
  type FindingRule,
  type FindingText,
  type FindingTexts,
  isExplained,
  isSeen,
} from './findingRule.js';
import { genuineRules } from './genuineRules.js';
import { headerRules } from './headerRules.js';
import { keyRules } from './keyRules.js';
import { likelyLanguage } from './likelyLanguage.js';
import { partialComparison, unorderedComparison } from './partRules.js';
import { crashOnForgery, rejectionRules } from './rejectionRules.js';

/** The rules, most telling first: each accounts for cases, and those after it are asked about the rest only. */
export const findingRules: readonly FindingRule[] = [
  ...comparisonRules,
  unorderedComparison,
  ...headerRules,
  ...eventFindingRules,
  ...boundRules,
  ...algorithmRules,
  ...keyRules,
  partialComparison,
  ...rejectionRules,
  ...genuineRules,
  ...breakingRules,
  crashOnForgery,
];

/** The findings and remarks of a check, one for each cause and not for each case. */
export interface FindingsAndRemarks {
  readonly findings: readonly Finding[];
  readonly remarks: readonly Finding[];
}

/** Names the findings and remarks behind the judged cases. */
export function findFindings(
  provider: Provider,
  judgedCases: readonly JudgedCase[],
  breakdown: Breakdown | null,
): FindingsAndRemarks {
  const open = new Set(judgedCases.filter(({ ended }) => ended.verdict !== 'passed'));
  const named = new Map<string, { rule: FindingRule; explained: JudgedCase[] }>();
  const rules = breakdown ? [breakdownRule(breakdown), ...findingRules] : findingRules;
  for (const rule of rules) {
    if (!isSeen(rule, provider, judgedCases)) continue;
    const own = [...open].filter((judgedCase) => isExplained(rule, judgedCase));
    if (own.length === 0) continue;
    const explained = [
      ...own,
      ...[...open].filter((judgedCase) => !own.includes(judgedCase) && failsLike(judgedCase, own)),
    ];
    for (const judgedCase of explained) open.delete(judgedCase);
    named.set(rule.name, { rule, explained: [...(named.get(rule.name)?.explained ?? []), ...explained] });
  }
  const namedBy = (wanted: boolean) =>
    [...named.values()]
      .filter(({ explained }) => explained.some(isFinding) === wanted)
      .map(({ rule, explained }) => buildFinding(rule, collectEvidence(provider, judgedCases, explained)));
  return {
    findings: [...namedBy(true), ...[...open].filter(isFinding).map(unexplained)],
    remarks: namedBy(false),
  };
}

/** Returns whether a forgery brought the receiver down for the same cause as one of some genuine cases. */
function failsLike({ case: { failsLike: alike = [] }, symptom }: JudgedCase, causes: readonly JudgedCase[]): boolean {
  return isDown(symptom) && causes.some((cause) => alike.includes(cause.case.name) && isDown(cause.symptom));
}

function isDown(symptom: JudgedCase['symptom']): boolean {
  return symptom === 'crashed' || symptom === 'dropped' || symptom === 'hung';
}

function isFinding({ ended }: JudgedCase): boolean {
  return ended.verdict === 'finding';
}

/** Collects the facts for the texts of a finding. */
export function collectEvidence(
  provider: Provider,
  judgedCases: readonly JudgedCase[],
  explained: readonly JudgedCase[],
): FindingEvidence {
  return {
    provider,
    judgedCases,
    explained,
    language: likelyLanguage(judgedCases.flatMap(({ ended }) => ended.deliveries)),
  };
}

/** Builds a rule's finding in the terms of a provider, with the evidence. */
export function buildFinding({ name, title, why, fix }: FindingTexts, evidence: FindingEvidence): Finding {
  const written = (text: FindingText) => interpolateTerms(evidence.provider, writeAdvice(text, evidence));
  return {
    name,
    title: written(title),
    why: written(why),
    fix: written(fix),
    cases: evidence.explained.map(({ case: each }) => each.name),
  };
}

function unexplained({ case: { name }, ended: { sent, reason, why, fix } }: JudgedCase): Finding {
  return { name: `failed:${name}`, title: `${sent}: ${reason}`, why, fix, cases: [name] };
}
