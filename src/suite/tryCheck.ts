import { type BatteryOptions, runBattery } from '../check/runBattery.js';
import type { CaseEnded, CheckEnded, CheckEvent, Grade } from '../core/check.js';
import type { Failure } from '../core/suite.js';
import type { Item, Running, Tried } from './unit.js';

const grades: readonly Grade[] = ['A', 'B', 'C', 'D', 'F'];

export interface Checking extends Pick<Running, 'heard'> {
  readonly item: Item;
  readonly options: BatteryOptions;
  /** The worst grade that passes; null for any without a flaw. */
  readonly grade: Grade | null;
  /** Told of each event of the check as it comes. */
  readonly watch?: (event: CheckEvent) => void | Promise<void>;
}

/** Checks a receiver as a case of a suite. */
export async function* tryCheck({ item, options, grade, heard, watch }: Checking): AsyncGenerator<Tried, void> {
  const startedAt = options.clock.now();
  const cases: CaseEnded[] = [];
  let summary: CheckEnded | undefined;
  for await (const event of runBattery(options)) {
    await watch?.(event);
    if (event.type === 'warning') continue;
    if (event.type === 'check-summary') {
      summary = event;
      continue;
    }
    cases.push(event);
    for (const delivery of event.deliveries) heard(delivery, item);
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
  const { grade, gradeReason, flaws, incomplete, counts, reached } = summary;
  const failures: Failure[] = [];
  if (!reached) return [{ expectation: 'reached', message: 'the receiver was never reached' }];
  if (incomplete !== null) failures.push({ expectation: 'complete', message: `too little was judged: ${incomplete}` });
  const isGoodEnough = worst === null ? counts.flaw === 0 : grade !== null && rank(grade) <= rank(worst);
  if (isGoodEnough) return failures;
  if (worst !== null) {
    failures.push({ expectation: 'grade', message: `grade is ${grade ?? 'none'} (${gradeReason}), expected ${worst}` });
  }
  for (const { name, title } of flaws) failures.push({ expectation: 'flaw', message: `${name}: ${title}` });
  const explained = new Set(flaws.flatMap((flaw) => flaw.cases));
  for (const { name, verdict, reason } of cases) {
    if (verdict === 'flaw' && !explained.has(name)) {
      failures.push({ expectation: 'case', message: `${name}: ${reason}` });
    }
  }
  return failures;
}

function rank(grade: Grade): number {
  return grades.indexOf(grade);
}
