import { runChecks } from '../check/runChecks.js';
import type { CheckRunOptions } from '../check/sender.js';
import type { CaseEnded, CheckEnded, CheckEvent, Grade } from '../core/check.js';
import type { Failure } from '../core/suite.js';
import type { ItemResult, TriedItem, UnitContext } from './unit.js';

const grades: readonly Grade[] = ['A', 'B', 'C', 'D', 'F'];

export interface CheckTrial extends Pick<UnitContext, 'onDelivery'> {
  readonly item: TriedItem;
  readonly options: CheckRunOptions;
  /** The worst grade that passes; null for any without a finding. */
  readonly grade: Grade | null;
  /** Called with each event of the check as it happens. */
  readonly watch?: (event: CheckEvent) => void | Promise<void>;
}

/** Checks a receiver as a case of a suite. */
export async function* tryCheck({
  item,
  options,
  grade,
  onDelivery,
  watch,
}: CheckTrial): AsyncGenerator<ItemResult, void> {
  const startedAt = options.clock.now();
  const cases: CaseEnded[] = [];
  let summary: CheckEnded | undefined;
  for await (const event of runChecks(options)) {
    await watch?.(event);
    if (event.type === 'warning') continue;
    if (event.type === 'check-summary') {
      summary = event;
      continue;
    }
    cases.push(event);
    for (const delivery of event.deliveries) onDelivery(delivery, item);
  }
  if (!summary || summary.interrupted) return;
  const deliveries = cases.flatMap((one) => one.deliveries);
  yield {
    item,
    failures: failuresOf(summary, cases, grade),
    deliveries,
    more: 0,
    outcome: summary.reached ? 'rejected' : 'unreachable',
    startedAt,
    check: { cases, summary },
    captured: {},
  };
}

function failuresOf(summary: CheckEnded, cases: readonly CaseEnded[], worst: Grade | null): Failure[] {
  const { grade, gradeReason, findings, incomplete, counts, reached } = summary;
  const failures: Failure[] = [];
  if (!reached) return [{ expectation: 'reached', message: 'the receiver was never reached' }];
  if (incomplete !== null) failures.push({ expectation: 'complete', message: `too little was judged: ${incomplete}` });
  const isGoodEnough = worst === null ? counts.finding === 0 : grade !== null && rank(grade) <= rank(worst);
  if (isGoodEnough) return failures;
  if (worst !== null) {
    failures.push({ expectation: 'grade', message: `grade is ${grade ?? 'none'} (${gradeReason}), expected ${worst}` });
  }
  for (const { name, title } of findings) failures.push({ expectation: 'finding', message: `${name}: ${title}` });
  const explained = new Set(findings.flatMap((finding) => finding.cases));
  for (const { name, verdict, reason } of cases) {
    if (verdict === 'finding' && !explained.has(name)) {
      failures.push({ expectation: 'case', message: `${name}: ${reason}` });
    }
  }
  return failures;
}

function rank(grade: Grade): number {
  return grades.indexOf(grade);
}
