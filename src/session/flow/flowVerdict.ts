import { exitCodeOf, exitCodes } from '../../core/exitCode.js';
import type { TellableFlowEvent } from '../../core/flow.js';
import type { Outcome } from '../../core/outcome.js';
import type { RunEnded } from '../../core/run.js';

/** What flows came to, as far as the exit code is concerned. */
export class FlowVerdict {
  private readonly runs: RunEnded[] = [];
  /** What went wrong beside the deliveries. */
  private readonly failures: Outcome[] = [];

  add(event: TellableFlowEvent): void {
    if (event.type === 'summary') this.runs.push(event);
    else if (event.type === 'stopped') this.failures.push('rejected');
    else if (event.type === 'state' && event.failed !== null) this.failures.push(event.failed);
    else if (event.type === 'orders') {
      this.runs.push(event.run);
      this.failures.push(...event.failedProbes);
      if (!event.ok && !event.run.interrupted) this.failures.push('rejected');
    }
  }

  /** That of a run with all these failures. */
  exitCode(signal: unknown): number {
    const [run] = this.runs;
    if (!run) return exitCodes.ok;
    const failed = { accepted: 0, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 };
    for (const outcome of Object.keys(failed) as Outcome[]) {
      for (const each of this.runs) failed[outcome] += each.failed[outcome];
      failed[outcome] += this.failures.filter((each) => each === outcome).length;
    }
    const interrupted = this.runs.some((each) => each.interrupted);
    return exitCodeOf({ ...run, failed, interrupted }, signal);
  }
}
