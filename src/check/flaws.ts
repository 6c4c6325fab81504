import type { Flaw } from '../core/check.js';
import type { Provider } from '../core/provider.js';
import { schemeWords } from '../core/schemeFacts.js';
import { boundFlaws } from './boundFlaws.js';
import { type Breakdown, breakdownRule } from './breakdown.js';
import { breakingFlaws } from './breakingFlaws.js';
import { comparisonFlaws } from './comparisonFlaws.js';
import { type Finding, withComparison } from './findings.js';
import { type FlawRule, isExplained, isSeen } from './flawRule.js';
import { genuineFlaws } from './genuineFlaws.js';
import { headerFlaws } from './headerFlaws.js';
import { keyFlaws } from './keyFlaws.js';
import { proofHeaders } from './proofs.js';
import { refusalFlaws } from './refusalFlaws.js';

/** The rules, most telling first: each accounts for findings, and those after it are asked about the rest only. */
export const flawRules: readonly FlawRule[] = [
  ...comparisonFlaws,
  ...headerFlaws,
  ...boundFlaws,
  ...keyFlaws,
  ...refusalFlaws,
  ...genuineFlaws,
  ...breakingFlaws,
];

/** The flaws that findings point to, one for each cause and not for each case. */
export function findFlaws(provider: Provider, findings: readonly Finding[], breakdown: Breakdown | null): Flaw[] {
  const compared = withComparison(findings);
  const open = new Set(
    compared.filter(({ ended }) => ended.verdict === 'fail' || ended.verdict === 'warn' || ended.verdict === 'skip'),
  );
  const flaws = new Map<string, Flaw>();
  const rules = breakdown ? [breakdownRule(breakdown), ...flawRules] : flawRules;
  for (const rule of rules) {
    if (!isSeen(rule, compared)) continue;
    const explained = [...open].filter((finding) => isExplained(rule, finding));
    if (explained.length === 0) continue;
    for (const finding of explained) open.delete(finding);
    const cases = [...(flaws.get(rule.name)?.cases ?? []), ...explained.map(({ case: { name } }) => name)];
    flaws.set(rule.name, flawOf(rule, cases, provider));
  }
  const rest = [...open].filter(({ ended }) => ended.verdict === 'fail');
  return [...flaws.values(), ...rest.map(unexplained)];
}

/** A rule's flaw in the terms of a provider. */
export function flawOf(
  { name, title, why, fix }: Pick<FlawRule, 'name' | 'title' | 'why' | 'fix'>,
  cases: readonly string[],
  provider: Provider,
): Flaw {
  return {
    name,
    title: inTermsOf(provider, title),
    why: inTermsOf(provider, why),
    fix: inTermsOf(provider, fix),
    cases,
  };
}

/** {header} and {lowerHeader} are the header that carries the provider's signature, {scheme} is how it is made. */
export function inTermsOf(provider: Provider, text: string): string {
  const [header = 'Authorization'] = proofHeaders(provider);
  const schemes = Object.values(provider.signatures).map(schemeWords);
  return text
    .replaceAll('{header}', header)
    .replaceAll('{lowerHeader}', header.toLowerCase())
    .replaceAll('{scheme}', schemes.join(', '));
}

function unexplained({ case: { name }, ended: { sent, reason, why, fix } }: Finding): Flaw {
  return { name: `failed:${name}`, title: `${sent}: ${reason}`, why, fix, cases: [name] };
}
