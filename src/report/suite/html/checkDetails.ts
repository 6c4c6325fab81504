import { type CaseClass, type CaseEnded, caseClasses, type Finding } from '../../../core/check.js';
import type { DeliveryEnded } from '../../../core/run.js';
import type { SuiteCheck } from '../../../core/suite.js';
import { classTitles } from '../../check/checkTable.js';
import { foldedDelivery } from './deliveryDetails.js';
import { badge, type Markup, markup } from './markup.js';

/** Renders a check: its grade, its findings, and its cases; of their deliveries those in `shown`. */
export function checkDetails({ cases, summary }: SuiteCheck, shown: ReadonlySet<DeliveryEnded>): Markup {
  const { grade, gradeReason, findings, remarks, incomplete } = summary;
  return markup`<div class="check">
<p class="line">${gradeBadge(grade)} <strong>${gradeReason}</strong></p>
${incomplete === null ? null : markup`<p class="error">Too little could be judged: ${incomplete}</p>`}
${findings.map(findingView)}
${remarks.map(remarkView)}
${caseClasses.map((each) => classTable(each, cases, shown))}</div>
`;
}

/** The grade of a check as people know it from school. */
export function gradeBadge(grade: string | null): Markup {
  return markup`<span class="grade is-${grade ?? 'none'}">${grade ?? 'no grade'}</span>`;
}

function findingView(finding: Finding): Markup {
  return namedView(finding, 'finding');
}

function remarkView(remark: Finding): Markup {
  return namedView(remark, 'remark');
}

function namedView({ name, title, why, fix, cases }: Finding, kind: 'finding' | 'remark'): Markup {
  return markup`<article class="${kind}"><h3>${title} <code>${name}</code></h3>
<p>${why}</p>
<p><strong>What to do:</strong> ${fix}</p>
<p class="quiet">shown by ${cases.join(', ')}</p></article>
`;
}

function classTable(wanted: CaseClass, cases: readonly CaseEnded[], shown: ReadonlySet<DeliveryEnded>): Markup | null {
  const its = cases.filter((each) => each.class === wanted);
  if (its.length === 0) return null;
  return markup`<table class="checks"><caption>${classTitles[wanted]}</caption>
<thead><tr><th scope="col">Verdict</th><th scope="col">Case</th><th scope="col">Sent</th><th scope="col">Came</th></tr></thead>
<tbody>
${its.map((each) => caseRow(each, shown))}</tbody></table>
`;
}

function caseRow(each: CaseEnded, shown: ReadonlySet<DeliveryEnded>): Markup {
  const { verdict, leftOut, name, sent, observed, reason, why, fix, deliveries } = each;
  const needsAdvice = verdict === 'finding' || verdict === 'remark';
  const advice = needsAdvice ? markup`<p>${reason}</p><p>${why}</p><p><strong>What to do:</strong> ${fix}</p>` : null;
  const details =
    verdict === 'not_judged' ? markup`<p class="quiet">${leftOut ? 'left out' : 'not judged'}: ${reason}</p>` : advice;
  const its = deliveries.filter((one) => shown.has(one));
  const folded = its.map((one, at) => foldedDelivery(one, its.length > 1 ? `Delivery ${at + 1}` : 'Delivery'));
  const below =
    details || its.length > 0 ? markup`<tr class="below"><td></td><td colspan="3">${details}${folded}</td></tr>` : null;
  return markup`<tr><td>${badge(leftOut ? 'left_out' : verdict)}</td><th scope="row">${name}</th><td>${sent}</td><td>${observed}</td></tr>
${below}
`;
}
