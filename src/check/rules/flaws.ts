import type { Flaw } from '../../core/check.js';
import type { Provider } from '../../core/provider.js';
import { writeAdvice } from '../adviceText.js';
import { type Breakdown, breakdownRule } from '../breakdown.js';
import type { Finding } from '../findings.js';
import { inTermsOf } from '../terms.js';
import { algorithmFlaws } from './algorithmFlaws.js';
import { boundFlaws } from './boundFlaws.js';
import { breakingFlaws } from './breakingFlaws.js';
import { comparisonFlaws } from './comparisonFlaws.js';
import { eventFlaws } from './eventFlaws.js';
import { type FlawEvidence, type FlawRule, type FlawText, type FlawTexts, isExplained, isSeen } from './flawRule.js';
import { genuineFlaws } from './genuineFlaws.js';
import { headerFlaws } from './headerFlaws.js';
import { keyFlaws } from './keyFlaws.js';
import { likelyLanguage } from './likelyLanguage.js';
import { partialComparison, unorderedComparison } from './partFlaws.js';
import { crashOnForgery, rejectionFlaws } from './rejectionFlaws.js';

/** The rules, most telling first: each accounts for findings, and those after it are asked about the rest only. */
export const flawRules: readonly FlawRule[] = [
  ...comparisonFlaws,
  unorderedComparison,
  ...headerFlaws,
  ...eventFlaws,
  ...boundFlaws,
  ...algorithmFlaws,
  ...keyFlaws,
  partialComparison,
  ...rejectionFlaws,
  ...genuineFlaws,
  ...breakingFlaws,
  crashOnForgery,
];

/** What findings point to: one flaw or remark for each cause and not for each case. */
export interface NamedFlaws {
  readonly flaws: readonly Flaw[];
  readonly remarks: readonly Flaw[];
}

/** Names the flaws and remarks that findings point to. */
export function findFlaws(provider: Provider, findings: readonly Finding[], breakdown: Breakdown | null): NamedFlaws {
  const open = new Set(findings.filter(({ ended }) => ended.verdict !== 'passed'));
  const named = new Map<string, { rule: FlawRule; explained: Finding[] }>();
  const rules = breakdown ? [breakdownRule(breakdown), ...flawRules] : flawRules;
  for (const rule of rules) {
    if (!isSeen(rule, provider, findings)) continue;
    const own = [...open].filter((finding) => isExplained(rule, finding));
    if (own.length === 0) continue;
    const explained = [...own, ...[...open].filter((finding) => !own.includes(finding) && failsLike(finding, own))];
    for (const finding of explained) open.delete(finding);
    named.set(rule.name, { rule, explained: [...(named.get(rule.name)?.explained ?? []), ...explained] });
  }
  const toFlaws = (wanted: boolean) =>
    [...named.values()]
      .filter(({ explained }) => explained.some(isFlaw) === wanted)
      .map(({ rule, explained }) => flawOf(rule, evidenceOf(provider, findings, explained)));
  return {
    flaws: [...toFlaws(true), ...[...open].filter(isFlaw).map(unexplained)],
    remarks: toFlaws(false),
  };
}

/** Whether a forgery brought the receiver down for the same cause as one of some genuine cases. */
function failsLike({ case: { failsLike: alike = [] }, symptom }: Finding, causes: readonly Finding[]): boolean {
  return isDown(symptom) && causes.some((cause) => alike.includes(cause.case.name) && isDown(cause.symptom));
}

function isDown(symptom: Finding['symptom']): boolean {
  return symptom === 'crashed' || symptom === 'dropped' || symptom === 'hung';
}

function isFlaw({ ended }: Finding): boolean {
  return ended.verdict === 'flaw';
}

/** What is known for the texts of a flaw. */
export function evidenceOf(
  provider: Provider,
  findings: readonly Finding[],
  explained: readonly Finding[],
): FlawEvidence {
  return { provider, findings, explained, language: likelyLanguage(findings.flatMap(({ ended }) => ended.deliveries)) };
}

/** A rule's flaw in the terms of a provider, with what the evidence shows. */
export function flawOf({ name, title, why, fix }: FlawTexts, evidence: FlawEvidence): Flaw {
  const written = (text: FlawText) => inTermsOf(evidence.provider, writeAdvice(text, evidence));
  return {
    name,
    title: written(title),
    why: written(why),
    fix: written(fix),
    cases: evidence.explained.map(({ case: each }) => each.name),
  };
}

function unexplained({ case: { name }, ended: { sent, reason, why, fix } }: Finding): Flaw {
  return { name: `failed:${name}`, title: `${sent}: ${reason}`, why, fix, cases: [name] };
}
