import type { Attempt } from '../../core/attempt.js';
import { formatDuration } from '../../core/duration.js';
import { excerpt, printable } from '../../core/printable.js';
import type { Coverage, ResultEnded, ResultStatus, RunProblem, SuiteEnded } from '../../core/suite.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { describeWarning, grouped, milliseconds } from '../shared/words.js';
import { type FileOf, failureLine, logTail, suiteTotals } from './suiteTotals.js';
import { hasOddities, wireFacts } from './wireFacts.js';

/** GitHub shows so many annotations of a kind for a step, and drops the others without a word. */
const shownOfAKind = 10;
const maxFacts = 6;

/**
 * Annotations of GitHub Actions at the places of the cases that failed or were flaky, as these come
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
 */
export function githubAnnotations(write: Writer, fileOf: FileOf): Reporter {
  const errors = new Annotations('error', 'failures', write);
  const warnings = new Annotations('warning', 'warnings', write);

  const add = (result: ResultEnded) => {
    const { suite, name, place, status, failures, earlier } = result;
    const file = fileOf(suite);
    const at = { file, line: place?.line ?? null, col: place?.column ?? null };
    const where = { ...(file === null ? {} : at), title: `${suite}: ${name}` };
    if (status === 'failed') {
      errors.add(where, [...failures.map(failureLine), ...wireFacts(result).slice(0, maxFacts)]);
    } else if (status === 'flaky') {
      const tries = earlier.flatMap((each, at) => each.map((failure) => `try ${at + 1}: ${failureLine(failure)}`));
      warnings.add(where, [`Passed at try ${earlier.length + 1}.`, ...tries]);
    }
  };

  const end = ({ budgets, interrupted, problem }: SuiteEnded) => {
    for (const { name, figure, ok } of budgets) {
      if (!ok) errors.add({ title: 'webhook-sim: budget not kept' }, [`${name}: ${figure}`]);
    }
    if (problem) errors.add({ title: 'webhook-sim' }, [problem.message, ...logTail(problem.log, 20)]);
    if (interrupted) errors.add({ title: 'webhook-sim' }, ['The run was interrupted.']);
    errors.end();
    warnings.end();
  };

  return buildReporter({
    warning: (event) => warnings.add({ title: 'webhook-sim' }, [describeWarning(event)]),
    result: add,
    'suite-summary': end,
  });
}

/** Annotations of one kind: the last one shown says how many more there are. */
class Annotations {
  private written = 0;
  private held: string | null = null;
  private more = 0;

  constructor(
    private readonly kind: 'error' | 'warning',
    private readonly what: string,
    private readonly write: Writer,
  ) {}

  add(properties: Readonly<Record<string, string | number | null>>, lines: readonly string[]): void {
    const annotation = command(this.kind, properties, lines);
    if (this.written < shownOfAKind - 1) {
      this.written++;
      this.write(annotation);
    } else if (this.held === null) this.held = annotation;
    else this.more++;
  }

  end(): void {
    if (this.held === null) return;
    const rest = `${this.more + 1} more ${this.what}: they are in the log and in the summary of the job.`;
    this.write(this.more === 0 ? this.held : command(this.kind, { title: 'webhook-sim' }, [rest]));
  }
}

function command(
  kind: string,
  properties: Readonly<Record<string, string | number | null>>,
  lines: readonly string[],
): string {
  const given = Object.entries(properties).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${property(String(value))}`],
  );
  return `::${kind} ${given.join(',')}::${lines.map((line) => data(printable(line))).join('%0A')}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Texts that have to fit into a number of bytes; what no longer fits is counted. */
class TextBudget {
  readonly texts: string[] = [];
  /** The number of parts that did not fit. */
  left = 0;

  constructor(private bytes: number) {}

  /** A text that comes after the first that did not fit is not even made. */
  add(make: () => string): void {
    const text = this.left > 0 ? null : make();
    if (text === null || Buffer.byteLength(text) > this.bytes) {
      this.left++;
      return;
    }
    this.bytes -= Buffer.byteLength(text);
    this.texts.push(text);
  }
}

/** Characters that may mean something to Markdown or HTML, wherever in a line they are. */
const active = /[^A-Za-z0-9 ,\u0080-\u{10ffff}-]/gu;

/** GitHub takes no summary of more than 1 MiB for a step, all its writers together; in bytes. */
const room = { failures: 350_000, odd: 50_000, rows: 500_000 };

const signs: Record<ResultStatus, string> = { passed: '✅', failed: '❌', flaky: '⚠️', skipped: '⏭️' };

/** A summary of the run for the page of a GitHub job: Markdown in which no text from outside is active. */
export function githubSummary(write: Writer): Reporter {
  const failures = new TextBudget(room.failures);
  const rows = new TextBudget(room.rows);
  const odd = new TextBudget(room.odd);
  const warnings = new TextBudget(room.odd);
  let suite: string | null = null;

  const add = (result: ResultEnded) => {
    const head = result.suite === suite ? '' : tableHead(result.suite);
    suite = result.suite;
    rows.add(() => `${head}${row(result)}\n`);
    if (result.status === 'failed') failures.add(() => details(result));
    else if (hasOddities(result)) odd.add(() => details(result));
  };

  const end = (summary: SuiteEnded) => {
    const { text, ok } = suiteTotals(summary, '·');
    const stopped = summary.interrupted ? 'interrupted' : summary.bailed ? 'stopped at a failure' : null;
    write(`## ${ok ? '✅' : '❌'} webhook-sim${stopped === null ? '' : `: ${stopped}`}\n\n${text}\n\n`);
    if (summary.problem) write(problemText(summary.problem));
    write(
      summary.budgets
        .map(({ name, ok, figure }) => `- ${ok ? '✅' : '❌'} ${markdownCode(name)}: ${markdownText(figure)}\n`)
        .join(''),
    );
    write(`${(summary.coverage ?? []).map(coverageLine).join('')}\n`);
    if (failures.texts.length > 0) write(`### Failed\n\n${failures.texts.join('')}${leftOutNote(failures, 'failed')}`);
    if (odd.texts.length + warnings.texts.length > 0) {
      const list = warnings.texts.length > 0 ? `${warnings.texts.join('')}\n` : '';
      write(`### Odd on the wire\n\n${list}${odd.texts.join('')}${leftOutNote(odd, 'odd')}`);
    }
    write(`${rows.texts.join('')}${leftOutNote(rows, '')}\n`);
  };

  return buildReporter({
    warning: (event) => warnings.add(() => `- ${signs.flaky} ${markdownText(describeWarning(event))}\n`),
    result: add,
    'suite-summary': end,
  });
}

function tableHead(suite: string): string {
  return `\n### ${markdownCode(suite)}\n\n| | Case | Answer | Time |\n|---|---|---|---:|\n`;
}

function row(result: ResultEnded): string {
  const { status, name } = result;
  return `| ${signs[status]} ${status} | ${markdownCode(excerpt(name, 300))} | ${answer(result)} | ${time(result)} |`;
}

/** Returns the answer, in a few words of Markdown. */
function answer(result: ResultEnded): string {
  const { status, reason, check, earlier } = result;
  if (status === 'skipped') return markdownCode(excerpt(reason ?? '', 300));
  const attempt = onlyAttempt(result);
  const answer = check
    ? `${check.summary.grade === null ? '' : `grade ${check.summary.grade}, `}${check.cases.length} cases`
    : attempt
      ? `${attempt.status ?? attempt.error?.code ?? 'no answer'}${attempt.number > 1 ? `, attempt ${attempt.number}` : ''}`
      : `${grouped(countSent(result))} deliveries`;
  return markdownText(status === 'flaky' ? `${answer}, passed at try ${earlier.length + 1}` : answer);
}

function time(result: ResultEnded): string {
  if (result.status === 'skipped') return '';
  const attempt = onlyAttempt(result);
  return attempt ? milliseconds(attempt.timing.totalMs) : formatDuration(result.durationMs);
}

/** The last attempt of a case that sends one delivery at each try; null for any other. */
function onlyAttempt(result: ResultEnded): Attempt | null {
  const { check, deliveries, earlier } = result;
  if (check || countSent(result) > 1 + earlier.length) return null;
  return deliveries.at(-1)?.attempts.at(-1) ?? null;
}

function countSent({ deliveries, more = 0 }: ResultEnded): number {
  return deliveries.length + more;
}

/** A case that failed or was odd on the wire, to be unfolded: why, what went over the wire, and what the receiver wrote. */
function details(result: ResultEnded): string {
  const log = logTail(result.log, 30);
  const lines = [...wireFacts(result).slice(0, 60), ...(log.length > 0 ? ['the receiver wrote:', ...log] : [])];
  const failures = result.failures.map((failure) => `- ${markdownCode(failureLine(failure))}\n`).join('');
  const facts = lines.length > 0 ? `<pre>${lines.map(markdownText).join('\n')}</pre>\n\n` : '';
  const sign = result.status === 'failed' ? signs.failed : signs.flaky;
  const title = `${sign} ${markdownCode(`${result.suite}: ${excerpt(result.name, 300)}`)}`;
  return `<details><summary>${title}</summary>\n\n${failures}\n${facts}</details>\n\n`;
}

function problemText({ message, log }: RunProblem): string {
  const lines = logTail(log, 30);
  const wrote = lines.length > 0 ? `<pre>${lines.map(markdownText).join('\n')}</pre>\n\n` : '';
  return `${signs.failed} ${markdownCode(excerpt(message, 1000))}\n\n${wrote}`;
}

function coverageLine({ provider, exercised, missing }: Coverage): string {
  const all = exercised.length + missing.length;
  const rest = missing.length > 0 ? `; missing: ${missing.map(markdownCode).join(', ')}` : '';
  return `- ${markdownText(provider)}: ${exercised.length} of ${all} events exercised${rest}\n`;
}

function leftOutNote({ left }: TextBudget, what: string): string {
  return left === 0
    ? ''
    : `\n${grouped(left)} more ${what ? `${what} ` : ''}cases are not shown: GitHub takes no more than 1 MiB.\n`;
}

/**
 * Escapes a text from outside for Markdown or HTML inside it: nothing in it is markup, a link or an @mention. Special characters become character
 * references; the comment after an @ keeps it apart from the name.
 */
export function markdownText(text: string): string {
  return printable(text).replace(active, (char) => (char === '@' ? '&#64;<!-- -->' : `&#${char.codePointAt(0)!};`));
}

/** Text from outside as code, in which GitHub looks for no references. */
function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}
