import { formatDuration } from '../../../core/duration.js';
import { excerpt } from '../../../core/printable.js';
import { type Budget, type Coverage, type ResultStatus, resultStatuses, type SuiteEnded } from '../../../core/suite.js';
import { version } from '../../../core/version.js';
import { countOddities, grouped, milliseconds } from '../../shared/words.js';
import { logTail, suiteTotals } from '../suiteTotals.js';
import { type Markup, markup } from './markup.js';
import { percent } from './phaseBar.js';

/** The verdict of a run in one sentence, and whether it is a good one. */
export function verdictOf(summary: SuiteEnded): { readonly text: string; readonly ok: boolean } {
  const { counts, interrupted, bailed, budgets, problem } = summary;
  const all = resultStatuses.reduce((sum, status) => sum + counts[status], 0);
  const { ok } = suiteTotals(summary, '·');
  const ran = all - counts.skipped;
  const cases = ran === 1 ? 'case' : 'cases';
  const over = budgets.filter((budget) => !budget.ok).length;
  const failed = counts.failed > 0 ? `, ${grouped(counts.failed)} failed` : '';
  if (interrupted) return { text: `Interrupted after ${grouped(ran)} ${cases}${failed}`, ok };
  if (problem) return { text: ran === 0 ? 'The run did not start' : `The run had no receiver${failed}`, ok };
  if (bailed) return { text: `Stopped at a failure after ${grouped(ran)} ${cases}`, ok };
  if (counts.failed > 0) return { text: `${grouped(counts.failed)} of ${grouped(ran)} ${cases} failed`, ok };
  if (over > 0)
    return { text: `All cases passed, but ${over === 1 ? 'a budget was' : `${over} budgets were`} not kept`, ok };
  if (ran === 0) return { text: 'No case ran', ok };
  return { text: ran === 1 ? 'The case passed' : `All ${grouped(ran)} cases passed`, ok };
}

/** The top of the page: verdict, time, totals. */
export function overview(summary: SuiteEnded): Markup {
  const { startedAt, durationMs, run } = summary;
  const { text, ok } = verdictOf(summary);
  const latency = run.latencyMs;
  const facts: readonly (readonly [string, string, string])[] = [
    ['Deliveries', grouped(run.sent), [`${grouped(run.accepted)} accepted`, ...countOddities(run)].join(', ')],
    ...(latency
      ? [
          ['Latency, median', milliseconds(latency.p50), `from ${milliseconds(latency.min)}`] as const,
          ['Latency, 95 %', milliseconds(latency.p95), `at most ${milliseconds(latency.max)}`] as const,
        ]
      : []),
    ['Duration', formatDuration(durationMs), `at ${startedAt.slice(11, 19)} UTC`],
  ];
  return markup`<header class="${ok ? 'is-good' : 'is-bad'}">
<p class="quiet"><strong>webhook-sim</strong> ${version} · <time datetime="${startedAt}">${startedAt.slice(0, 19).replace('T', ' ')} UTC</time></p>
<h1><span class="sign" aria-hidden="true">${ok ? '✓' : '✗'}</span> ${text}</h1>
${problemOf(summary)}
${proportions(summary.counts)}
<dl class="facts">${facts.map(([term, value, more]) => markup`<div><dt>${term}</dt><dd>${value} <span class="quiet">${more}</span></dd></div>`)}</dl>
</header>
`;
}

/** Returns why there is no run to speak of, with the last that its receiver wrote. */
function problemOf({ problem }: SuiteEnded): Markup | null {
  if (!problem) return null;
  const lines = logTail(problem.log);
  return markup`<p class="problem">${excerpt(problem.message, 1000)}</p>
${lines.length > 0 ? markup`<pre>${lines.join('\n')}</pre>` : null}`;
}

/** A bar of all cases by their status, with what it shows in words. */
function proportions(counts: Readonly<Record<ResultStatus, number>>): Markup | null {
  const all = resultStatuses.reduce((sum, status) => sum + counts[status], 0);
  if (all === 0) return null;
  let at = 0;
  const segments = resultStatuses.map((status) => {
    const x = percent(at / all);
    at += counts[status];
    return markup`<rect class="is-${status}" x="${x}" width="${percent(counts[status] / all)}" height="100%"/>`;
  });
  const counted = resultStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => [status, counts[status]] as const);
  const legend = counted.map(
    ([status, count]) => markup`<li><span class="swatch is-${status}"></span>${grouped(count)} ${status}</li>`,
  );
  return markup`<svg class="bar" aria-hidden="true">${segments}</svg><ul class="legend" aria-label="Cases by status">${legend}</ul>`;
}

/** Renders the requirements of the whole run: its budgets, and the events that it had to exercise. */
export function runRequirements({ budgets, coverage }: SuiteEnded): Markup {
  return markup`<div class="pair">${budgetTable(budgets)}${coverageTable(coverage ?? [])}</div>
`;
}

function budgetTable(budgets: readonly Budget[]): Markup | null {
  if (budgets.length === 0) return null;
  const rows = budgets.map(
    ({ name, ok, figure }) =>
      markup`<tr><td><span class="badge is-${ok ? 'passed' : 'failed'}"><span aria-hidden="true">${ok ? '✓' : '✗'}</span> ${ok ? 'kept' : 'not kept'}</span></td><th scope="row"><code>${name}</code></th><td class="number">${figure}</td></tr>`,
  );
  return markup`<section class="panel budgets"><h2>Budgets</h2>
<table><thead><tr><th scope="col">Status</th><th scope="col">Budget</th><th scope="col" class="number">Came to</th></tr></thead><tbody>${rows}</tbody></table>
</section>
`;
}

function coverageTable(coverage: readonly Coverage[]): Markup | null {
  if (coverage.length === 0) return null;
  return markup`<section class="panel coverage"><h2>Coverage</h2>
${coverage.map(providerCoverage)}</section>
`;
}

function providerCoverage({ provider, exercised, missing }: Coverage): Markup {
  const all = exercised.length + missing.length;
  const part = all === 0 ? 0 : exercised.length / all;
  const list = (title: string, events: readonly string[]) =>
    events.length === 0
      ? null
      : markup`<h3>${title}</h3><ul class="events">${events.map((event) => markup`<li><code>${event}</code></li>`)}</ul>`;
  return markup`<details><summary><strong>${provider}</strong> <span class="quiet">${exercised.length} of ${all} events exercised</span>
<svg class="bar" aria-hidden="true"><rect class="is-passed" width="${percent(part)}" height="100%"/></svg></summary>
${list('Missing', missing)}${list('Exercised', exercised)}</details>
`;
}
