import { createHash } from 'node:crypto';
import { type ResultEnded, resultStatuses, type SuiteEnded } from '../../../core/suite.js';
import { buildReporter, type Reporter, type Writer } from '../../shared/reporter.js';
import { describeWarning, grouped } from '../../shared/words.js';
import { suiteDeliveries } from '../suiteTotals.js';
import { Allowance, caseRows } from './caseRows.js';
import { Markup, markup, statusSigns } from './markup.js';
import { overview, runRequirements, verdictOf } from './overview.js';
import { script } from './script.js';
import { style } from './style.js';
import { TimingChart } from './timingChart.js';
import { warningList } from './warningList.js';

/** Nothing may be loaded, sent or run but the one style and the one script that the page brings along. */
const policy = `default-src 'none'; style-src '${computeHash(style)}'; script-src '${computeHash(script)}'; base-uri 'none'; form-action 'none'`;

/** Returns the part of the page before its content. */
function pageStart(title: string): Markup {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="webhook-sim">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
`;
}

/** Returns the part of the page after its content. */
function pageEnd(): Markup {
  return markup`</main>
<script>${new Markup(script)}</script>
</body>
</html>
`;
}

function computeHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

const most = 20;
const maxOfMessage = 300;

/** The cases that failed, each with its first reason and a way to its row. */
class FailedList {
  private readonly items: Markup[] = [];
  private count = 0;

  add({ name, failures, status }: ResultEnded, anchor: string): void {
    if (status !== 'failed') return;
    this.count++;
    if (this.items.length === most) return;
    const message = failures[0]?.message ?? '';
    const short = message.length > maxOfMessage ? `${message.slice(0, maxOfMessage)}…` : message;
    this.items.push(markup`<li><a href="#${anchor}">${name}</a> <span class="quiet">${short}</span></li>`);
  }

  render(): Markup | null {
    if (this.count === 0) return null;
    const left = this.count - this.items.length;
    return markup`<section class="panel failed"><h2>What failed</h2>
<ul>${this.items}</ul>
${left > 0 ? markup`<p class="note">and ${left} more, in the table below</p>` : null}</section>
`;
  }
}

/** One page for a browser that holds all of a run and loads nothing: verdict, failures, timing, and each case with what was sent and answered. */
export function html(write: Writer): Reporter {
  const rows: Markup[] = [];
  const warnings: string[] = [];
  const failed = new FailedList();
  const chart = new TimingChart();
  const allowance = new Allowance();

  const add = (result: ResultEnded) => {
    const anchor = `case-${rows.length + 1}`;
    rows.push(caseRows(result, anchor, allowance));
    failed.add(result, anchor);
    for (const { ended, checkCase } of suiteDeliveries(result)) {
      const part = checkCase ?? (result.kind === 'flow' ? ended.delivery.event : null);
      const name = part === null ? result.name : `${result.name}: ${part}`;
      for (const attempt of ended.attempts) {
        chart.add(name, anchor, attempt, ended.ok);
      }
    }
  };

  const end = (summary: SuiteEnded) => {
    const { text, ok } = verdictOf(summary);
    const before = [
      pageStart(`${ok ? '✓' : '✗'} ${text} · webhook-sim`),
      overview(summary),
      failed.render(),
      warningList(warnings),
    ];
    const after = [caseTableEnd(allowance.sentence()), pageEnd()];
    const parts = [...before, runRequirements(summary), chart.render(), caseTableStart(summary), ...rows, ...after];
    for (const part of parts) if (part) write(part.html);
  };

  return buildReporter({
    warning: (event) => warnings.push(describeWarning(event)),
    result: add,
    'suite-summary': end,
  });
}

/** Returns the part before the rows of all cases. The tools need the script, so the script shows them. */
function caseTableStart({ counts }: SuiteEnded): Markup {
  const present = resultStatuses.filter((status) => counts[status] > 0);
  const buttons = present.map(
    (status) =>
      markup`<button type="button" data-filter="${status}" aria-pressed="false"><span class="sign is-${status}" aria-hidden="true">${statusSigns[status]}</span> ${status} <span class="quiet">${grouped(counts[status])}</span></button>`,
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

/** Returns the part after the rows; `left` says what was left out. */
function caseTableEnd(left: string | null): Markup {
  return markup`</table>
<p class="note nothing" hidden>No case is like that.</p>
${left === null ? null : markup`<p class="note">${left}</p>`}
</section>
`;
}
