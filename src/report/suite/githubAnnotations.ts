import { printable } from '../../core/printable.js';
import type { ResultEnded, SuiteEnded } from '../../core/suite.js';
import { describeWarning } from '../shared/oddities.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { failureLine } from './failureText.js';
import type { FileOf } from './fileOf.js';
import { logTail } from './logTail.js';
import { wireFacts } from './wireFacts.js';

/** GitHub shows so many annotations of a kind for a step, and drops the others without a word. */
const shownOfAKind = 10;
const mostFacts = 6;

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
      errors.add(where, [...failures.map(failureLine), ...wireFacts(result).slice(0, mostFacts)]);
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

/** Annotations of one kind: the last that is shown says how many more there are. */
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
