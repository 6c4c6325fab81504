import type { Budget, Coverage, SuiteEnded } from '../../../core/suite.js';
import { type Markup, markup } from './markup.js';
import { percent } from './phaseBar.js';

/** What was asked of the whole run: its budgets, and the events that it had to exercise. */
export function standing({ budgets, coverage }: SuiteEnded): Markup {
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
