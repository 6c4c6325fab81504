import { resultStatuses, type SuiteEnded } from '../../../core/suite.js';
import { grouped } from '../../shared/words.js';
import { type Markup, markup } from './markup.js';
import { signs } from './signs.js';

/** What stands before the rows of all cases. The tools work with the script only, so it is the script that shows them. */
export function caseTableStart({ counts }: SuiteEnded): Markup {
  const present = resultStatuses.filter((status) => counts[status] > 0);
  const buttons = present.map(
    (status) =>
      markup`<button type="button" data-filter="${status}" aria-pressed="false"><span class="sign is-${status}" aria-hidden="true">${signs[status]}</span> ${status} <span class="quiet">${grouped(counts[status])}</span></button>`,
  );
  return markup`<section class="panel cases" id="cases"><h2>Cases</h2>
<div class="tools" hidden>
<label class="unseen" for="find">Find in name, suite, event, URL, answer and failure</label>
<input type="search" id="find" placeholder="Find a case, event, status …" autocomplete="off" spellcheck="false">
<div role="group" aria-label="Show only cases that are">${buttons}</div>
<button type="button" data-fold>Open all</button>
<output class="quiet" for="find"></output>
</div>
<table>
<thead><tr><th scope="col" class="status">Status</th><th scope="col" data-sort="name">Case</th><th scope="col" class="came">Answer</th><th scope="col" class="number took" data-sort="ms">Duration</th></tr></thead>
`;
}

/** What stands after them; `left` tells what was left out. */
export function caseTableEnd(left: string | null): Markup {
  return markup`</table>
<p class="note nothing" hidden>No case is like that.</p>
${left === null ? null : markup`<p class="note">${left}</p>`}
</section>
`;
}
