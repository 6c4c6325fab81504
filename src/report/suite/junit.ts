import { printable } from '../../core/printable.js';
import type { Budget, ResultEnded, RunProblem, SuiteEnded } from '../../core/suite.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { describeWarning } from '../shared/words.js';
import { element, junitCase, seconds, withoutAttachmentMarks, type Xml } from './junitCase.js';
import { type FileOf, logTail } from './suiteTotals.js';

/**
 * JUnit XML as Jenkins, GitLab and the actions of GitHub read it: a testsuite for each suite, a testcase for each case;
 * the budgets are a testsuite, and so is an interruption, so that a partial report is never all green.
 */
export function junit(write: Writer, fileOf: FileOf): Reporter {
  const suites = new Map<string, JunitSuite>();
  const warnings: string[] = [];
  return buildReporter({
    warning: (event) => warnings.push(describeWarning(event)),
    result(event) {
      const suite = suites.get(event.suite) ?? new JunitSuite(event.suite, event.startedAt);
      suites.set(event.suite, suite);
      suite.add(event, fileOf(event.suite));
    },
    'suite-summary': (event) => write(formatDocument([...suites.values(), ...suiteOfRun(event, warnings)], event)),
  });
}

/** The cases of one testsuite, as they will be written. */
class JunitSuite {
  readonly counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  private readonly cases: Xml[] = [];
  private durationMs = 0;

  constructor(
    private readonly name: string,
    private readonly startedAt: string,
  ) {}

  add(result: ResultEnded, file: string | null): void {
    this.put(junitCase(result, file));
    this.durationMs += result.durationMs;
    if (result.status === 'failed') this.counts.failures++;
    if (result.status === 'skipped') this.counts.skipped++;
  }

  put(testcase: Xml): void {
    this.cases.push(testcase);
    this.counts.tests++;
  }

  render(): Xml {
    const timestamp = utc(this.startedAt);
    const attributes = { name: printable(this.name), ...this.counts, time: seconds(this.durationMs), timestamp };
    return element('testsuite', attributes, this.cases);
  }
}

function formatDocument(suites: readonly JunitSuite[], { durationMs }: SuiteEnded): string {
  const sum = (count: keyof JunitSuite['counts']) => suites.reduce((all, { counts }) => all + counts[count], 0);
  const attributes = {
    name: 'webhook-sim',
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
    time: seconds(durationMs),
  };
  const all = suites.map((suite) => suite.render());
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, all).text}\n`;
}

/** Returns the suite for the run as a whole. */
function suiteOfRun(
  { budgets, interrupted, problem, startedAt }: SuiteEnded,
  warnings: readonly string[],
): JunitSuite[] {
  const suites: JunitSuite[] = [];
  if (budgets.length > 0) {
    const suite = new JunitSuite('budgets', startedAt);
    for (const budget of budgets) {
      suite.put(budgetCase(budget));
      if (!budget.ok) suite.counts.failures++;
    }
    suites.push(suite);
  }
  const errors = [
    ...(interrupted ? [runError('interrupted', 'interrupted', interruption)] : []),
    ...(problem ? [runError('problem', problem.code, printable(problem.message), problemLines(problem))] : []),
  ];
  if (errors.length > 0 || warnings.length > 0) {
    const suite = new JunitSuite('run', startedAt);
    if (warnings.length > 0) suite.put(warningCase(warnings));
    for (const each of errors) suite.put(each);
    suite.counts.errors += errors.length;
    suites.push(suite);
  }
  return suites;
}

const interruption = 'The run was interrupted: this report is partial.';

function runError(name: string, type: string, message: string, more: readonly string[] = []): Xml {
  const error = element('error', { message: withoutAttachmentMarks(message), type }, [
    withoutAttachmentMarks([message, ...more].join('\n')),
  ]);
  return element('testcase', { name, classname: 'run', time: seconds(0) }, [error]);
}

/** A case that passed, for what was odd on the wire and is in none of the others. */
function warningCase(warnings: readonly string[]): Xml {
  const output = element('system-out', {}, [withoutAttachmentMarks(warnings.join('\n'))]);
  return element('testcase', { name: 'warnings', classname: 'run', time: seconds(0) }, [output]);
}

function problemLines({ log }: RunProblem): string[] {
  const lines = logTail(log);
  return lines.length > 0 ? ['the receiver wrote:', ...lines] : [];
}

function budgetCase({ name, ok, figure }: Budget): Xml {
  const message = printable(`${name}: ${figure}`);
  const failure = ok ? [] : [element('failure', { message, type: 'budget' }, [`${message}: not kept`])];
  return element('testcase', { name: printable(name), classname: 'budgets', time: seconds(0) }, failure);
}

/** Without a zone, as the schema of Ant's JUnit task has it. */
function utc(iso: string): string {
  return iso.slice(0, 19);
}
