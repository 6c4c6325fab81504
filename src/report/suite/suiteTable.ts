import { Chalk, type ChalkInstance } from 'chalk';
import { formatDuration } from '../../core/duration.js';
import { excerpt, printable } from '../../core/printable.js';
import type { ResultEnded, ResultStatus, SuiteEnded } from '../../core/suite.js';
import { padText } from '../../core/textWidth.js';
import { attemptDetails } from '../run/details.js';
import { buildReporter, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';
import { describeOddities, describeWarning, grouped, marks, milliseconds } from '../shared/words.js';
import { suiteTotals } from './suiteTotals.js';

const signs = {
  unicode: { passed: '✓', failed: '✗', flaky: '~', skipped: '–' },
  ascii: { passed: 'ok', failed: 'FAIL', flaky: 'flaky', skipped: 'skip' },
};

/** Characters up to the next column; a longer name pushes it on. */
const nameWidth = 40;
/** Lines of a receiver's log that are shown below a failed case. */
const logLines = 20;
/** Lines on what was odd on the wire that are shown below a case. */
const maxOddities = 10;

/** Writes a line for each case for people, below the name of its suite, and the totals. */
export function suiteTable(write: Writer, options: TextStyle): Reporter {
  const paint = new Chalk({ level: options.colour ? 1 : 0 });
  const { dot } = marks(options.unicode);
  let suite: string | null = null;
  const print = (lines: readonly string[]) => write(`${lines.join('\n')}\n`);
  const gap = () => (suite === null ? [] : ['']);
  return buildReporter({
    warning: (event) => print([paint.yellow(describeWarning(event))]),
    result(event) {
      const head = event.suite === suite ? [] : [...gap(), paint.bold(printable(event.suite))];
      suite = event.suite;
      const dim = below(event, options, dot).map((line) => paint.dim(line));
      print([...head, resultLine(event, paint, options), ...failureLines(event), ...dim]);
    },
    'suite-summary': (event) => print([...gap(), ...summaryLines(event, paint, dot)]),
  });
}

const tints: Record<ResultStatus, 'green' | 'red' | 'yellow' | 'dim'> = {
  passed: 'green',
  failed: 'red',
  flaky: 'yellow',
  skipped: 'dim',
};

function resultLine(result: ResultEnded, paint: ChalkInstance, { unicode }: TextStyle): string {
  const { status, name, reason } = result;
  const tint = paint[tints[status]];
  const sign = signs[unicode ? 'unicode' : 'ascii'][status].padEnd(unicode ? 1 : 5);
  const label = padText(printable(name), nameWidth);
  const head = `  ${tint(sign)} ${status === 'skipped' ? paint.dim(label) : label}`;
  if (status === 'skipped') return `${head}  ${paint.dim(printable(reason ?? ''))}`;
  const flaky = status === 'flaky' ? [paint.yellow(`passed at try ${result.earlier.length + 1}`)] : [];
  return [`${head}  ${paint.dim(facts(result))}`, ...flaky].join('  ');
}

/** Returns the answers, in a few words. */
function facts({ kind, deliveries, more = 0, check, durationMs }: ResultEnded): string {
  if (kind === 'check') {
    const grade = check?.summary.grade;
    return `${grade ? `grade ${grade}, ` : ''}${check?.cases.length ?? 0} cases, ${formatDuration(durationMs)}`;
  }
  const attempt = deliveries.at(-1)?.attempts.at(-1);
  if (!attempt && more === 0) return 'nothing was sent';
  if (!attempt || deliveries.length + more > 1) {
    return `${grouped(deliveries.length + more)} deliveries, ${formatDuration(durationMs)}`;
  }
  return [attempt.error?.code ?? attempt.status ?? '', milliseconds(attempt.timing.totalMs)].join('  ').trim();
}

/** Returns the failures, of several tries those of each. */
function failureLines({ failures, earlier }: ResultEnded): string[] {
  if (earlier.length === 0) return failures.map(({ message }) => `    ${excerpt(message, 500)}`);
  return [...earlier, failures].flatMap((each, at) =>
    each.map(({ message }) => `    try ${at + 1}: ${excerpt(message, 500)}`),
  );
}

function below(result: ResultEnded, { verbose }: TextStyle, dot: string): string[] {
  const { deliveries, check, log, status } = result;
  const lines = deliveries
    .flatMap(describeOddities)
    .slice(0, maxOddities)
    .map((line) => `    ${line}`);
  if (verbose && !check) {
    for (const { delivery, attempts } of deliveries) {
      for (const attempt of attempts) lines.push(...attemptDetails(delivery, attempt, dot).map((line) => `  ${line}`));
    }
  } else if (status === 'failed' && !check) {
    lines.push(...answerLine(result));
  }
  if (status === 'failed' && log) lines.push(...logExcerpt(log));
  return lines;
}

function answerLine({ deliveries, failures }: ResultEnded): string[] {
  const answer = deliveries.findLast(({ ok }) => !ok)?.attempts.at(-1)?.response;
  const text = Buffer.from(answer?.body ?? [])
    .toString('utf8')
    .trim();
  const isShown = failures.some(({ expectation }) => expectation === 'body');
  return text && !isShown ? [`    answer: ${excerpt(text, 200)}`] : [];
}

function logExcerpt(log: string): string[] {
  const lines = log.trimEnd().split(/\r?\n/);
  if (lines.length === 1 && lines[0] === '') return [];
  const shown = lines.slice(-logLines).map((line) => `      ${excerpt(line, 200)}`);
  const left = lines.length - shown.length;
  return ['    the receiver wrote:', ...(left > 0 ? [`      … ${left} earlier lines`] : []), ...shown];
}

function summaryLines(event: SuiteEnded, paint: ChalkInstance, dot: string): string[] {
  const { coverage, budgets, interrupted, bailed, problem } = event;
  const { text, ok } = suiteTotals(event, dot);
  const stopped = interrupted ? 'Interrupted: ' : bailed ? 'Stopped at a failure: ' : '';
  const lines = [(ok ? paint.green : paint.red)(stopped + text)];
  if (problem) lines.push(paint.red(excerpt(problem.message, 1000)));
  for (const { provider, exercised, missing } of coverage ?? []) {
    const all = exercised.length + missing.length;
    const left = missing.length > 0 ? paint.dim(`; missing: ${missing.join(', ')}`) : '';
    lines.push(`${provider}: ${exercised.length} of ${all} events exercised${left}`);
  }
  for (const { name, ok: isMet, figure } of budgets) {
    lines.push((isMet ? paint.green : paint.red)(printable(`${name}: ${figure}${isMet ? '' : ': not kept'}`)));
  }
  return lines;
}
