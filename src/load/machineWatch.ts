import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** What this process takes of its machine while a load is sent. */
export interface MachineWatch {
  begin(): void;
  /** CPU time over time since the last lap; 1 is a whole core. */
  lap(): number;
  /** Since the start: CPU time over time, and the 99th percentile of how late the event loop was, in milliseconds. */
  sums(): { readonly cpu: number; readonly eventLoopMs: number };
  end(): void;
}

/** Milliseconds between two looks at the event loop. */
const resolution = 10;

/** Watches this process. */
export class ProcessWatch implements MachineWatch {
  private readonly delays: IntervalHistogram = monitorEventLoopDelay({ resolution });
  private start = cpuAndTime();
  private last = this.start;

  begin(): void {
    this.delays.enable();
    this.start = cpuAndTime();
    this.last = this.start;
  }

  lap(): number {
    const before = this.last;
    this.last = cpuAndTime();
    return shareOf(before, this.last);
  }

  sums() {
    const delayMs = this.delays.count === 0 ? 0 : this.delays.percentile(99) / 1e6 - resolution;
    return { cpu: shareOf(this.start, cpuAndTime()), eventLoopMs: Math.max(0, delayMs) };
  }

  end(): void {
    this.delays.disable();
  }
}

/** Milliseconds of CPU time, and from any start. */
function cpuAndTime() {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, timeMs: performance.now() };
}

type Reading = ReturnType<typeof cpuAndTime>;

function shareOf(from: Reading, to: Reading): number {
  const timeMs = to.timeMs - from.timeMs;
  return timeMs > 0 ? (to.cpuMs - from.cpuMs) / timeMs : 0;
}
