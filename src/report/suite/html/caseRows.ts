import { type DeliveryEnded, isOddOnTheWire } from '../../../core/run.js';
import type { Failure, ResultEnded } from '../../../core/suite.js';
import { grouped } from '../../shared/words.js';
import { checkDetails, gradeBadge } from './checkDetails.js';
import { deliveryDetails, foldedDelivery } from './deliveryDetails.js';
import { badge, lines, type Markup, markup } from './markup.js';
import { duration } from './timingChart.js';

const maxFailed = 1000;
const maxOthers = 500;

/** Limits the deliveries that a page shows in full, so that the page of a large run still opens. */
export class Allowance {
  private failed = maxFailed;
  private others = maxOthers;
  /** Deliveries that were not shown. */
  left = 0;

  /** Returns the deliveries to show; those that matter because they failed have a separate limit. */
  take(deliveries: readonly DeliveryEnded[], matters: (each: DeliveryEnded) => boolean): DeliveryEnded[] {
    const taken = deliveries.filter((each) => (matters(each) ? this.failed-- > 0 : this.others-- > 0));
    this.left += deliveries.length - taken.length;
    return taken;
  }

  /** Returns what was left out, in a sentence; null for nothing. */
  sentence(): string | null {
    if (this.left === 0) return null;
    return `Left out: request and answer of ${this.left} deliveries. This page has those of the first ${maxFailed} that failed and of ${maxOthers} others; the reports json and har have more.`;
  }
}

const maxOfMessage = 4000;
const maxOfLog = 32 * 1024;

/** A case of a suite as the body of a table: a row of facts, and below it why it failed and all that was sent. */
export function caseRows(result: ResultEnded, anchor: string, allowance: Allowance): Markup {
  const { status, name, durationMs } = result;
  return markup`<tbody id="${anchor}" data-status="${status}" data-ms="${durationMs}">
<tr><td rowspan="2">${badge(status)}</td><th scope="row"><span class="name find">${name}</span><span class="quiet find">${origin(result)}</span></th><td class="find">${formatAnswers(result)}</td><td class="number">${duration(durationMs)}</td></tr>
<tr class="below"><td colspan="3">${failureViews(result)}${details(result, allowance)}</td></tr>
</tbody>
`;
}

/** Describes a case, as far as its name does not. */
function origin({ suite, place, kind, name, provider, event, variant, forge }: ResultEnded): string {
  const about = [provider, event].filter((each) => each !== null).join(' ');
  return [
    place ? `${suite}:${place.line}` : suite,
    kind,
    ...(name.includes(about) ? [] : [about]),
    ...(variant === null ? [] : [`variant ${variant}`]),
    ...(forge === null ? [] : [`forged: ${forge}`]),
  ].join(' · ');
}

/** Returns the answers, in a few words: the status where all are alike. */
function formatAnswers({ deliveries, check }: ResultEnded): Markup | string {
  if (check) return gradeBadge(check.summary.grade);
  const counts = new Map<string, number>();
  for (const { attempts } of deliveries) {
    const last = attempts.at(-1);
    const answer = String(last?.status ?? last?.error?.code ?? 'none');
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a);
  const listed = most.slice(0, 3).map(([answer, count]) => (count === 1 ? answer : `${grouped(count)} × ${answer}`));
  return `${listed.join(', ')}${most.length > 3 ? ', …' : ''}`;
}

function failureViews({ status, reason, failures, earlier }: ResultEnded): Markup[] {
  const tries = earlier.map((each, at) => markup`<p>Try ${at + 1} failed:</p>${failureList(each)}`);
  const flaky = [markup`<p>Passed at try ${earlier.length + 1}.</p>`, ...tries];
  const folded = markup`<details class="earlier"><summary>failed at ${earlier.length === 1 ? 'try 1' : `tries 1 to ${earlier.length}`} too</summary>${tries}</details>`;
  return [
    ...(reason === null ? [] : [markup`<p class="quiet">${reason}</p>`]),
    ...(failures.length > 0 ? [failureList(failures)] : []),
    ...(status === 'flaky' ? flaky : earlier.length > 0 ? [folded] : []),
  ];
}

function failureList(failures: readonly Failure[]): Markup {
  const items = failures.map(
    ({ expectation, message }) =>
      markup`<li><code>${expectation}</code> <span class="find">${message.slice(0, maxOfMessage)}</span></li>`,
  );
  return markup`<ul class="failures">${items}</ul>`;
}

function details(result: ResultEnded, allowance: Allowance): Markup | null {
  const { deliveries, more = 0, check, log, status } = result;
  const bad = new Set(check?.cases.filter(({ verdict }) => verdict === 'finding').flatMap((each) => each.deliveries));
  const matters = (each: DeliveryEnded) =>
    isOddOnTheWire(each) || (check ? bad.has(each) : status !== 'passed' && !each.ok);
  // A check that was tried again has the cases of its last try only.
  const kept = check?.cases.flatMap((each) => each.deliveries) ?? deliveries;
  const shown = allowance.take(kept, matters);
  const count = kept.length + more;
  const parts = [
    ...(shown.length < count
      ? [markup`<p class="note">Shown: ${shown.length} of ${grouped(count)} deliveries.</p>`]
      : []),
    ...(check ? [checkDetails(check, new Set(shown))] : sentViews(shown, kept, count)),
    ...(log?.trim() ? [logView(log)] : []),
  ];
  if (parts.length === 0) return null;
  return markup`<details class="more"><summary>${headline(result)}</summary>
${parts}</details>`;
}

function sentViews(shown: readonly DeliveryEnded[], kept: readonly DeliveryEnded[], count: number): Markup[] {
  if (count === 1) return shown.map(deliveryDetails);
  const place = new Map(kept.map((each, at) => [each, at + 1]));
  const which = (each: DeliveryEnded) => (kept.length < count ? 'Delivery' : `Delivery ${place.get(each)} of ${count}`);
  return shown.map((each) => foldedDelivery(each, which(each)));
}

function headline({ check, deliveries, more = 0, log }: ResultEnded): Markup {
  const [first] = deliveries;
  const count = deliveries.length + more;
  if (check) return markup`${check.cases.length} cases, ${grouped(count)} deliveries`;
  if (!first) return markup`${log ? 'What the receiver wrote' : 'Nothing was sent'}`;
  if (count > 1) return markup`${grouped(count)} deliveries`;
  return markup`${first.delivery.method} <span class="find">${first.delivery.url}</span>`;
}

function logView(log: string): Markup {
  const isCut = log.length > maxOfLog;
  return markup`<section class="log"><h3>The receiver wrote${isCut ? ', at the end' : ''}</h3><pre tabindex="0">
${lines(log.slice(-maxOfLog).trimEnd())}</pre></section>
`;
}
