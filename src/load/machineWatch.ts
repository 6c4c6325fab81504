import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** Measures the delay of a thread's event loop while it sends. */
export interface MachineWatch {
  begin(): void;
  /** The 99th percentile since the start, in milliseconds. */
  eventLoopMs(): number;
  end(): void;
}

/** CPU time over time, of all threads of this process; 1 is a whole core. */
export interface CpuWatch {
  begin(): void;
  /** Since the last lap. */
  lap(): number;
  /** Since the start. */
  whole(): number;
}

/** Milliseconds between two looks at the event loop. */
const resolution = 10;

/** Watches the event loop of this thread. */
export class LoopWatch implements MachineWatch {
  private readonly delays: IntervalHistogram = monitorEventLoopDelay({ resolution });

  begin(): void {
    this.delays.enable();
  }

  eventLoopMs(): number {
    if (this.delays.count === 0) return 0;
    return Math.max(0, this.delays.percentile(99) / 1e6 - resolution);
  }

  end(): void {
    this.delays.disable();
  }
}

/** Watches this process. */
export class ProcessWatch implements CpuWatch {
  private start = cpuAndTime();
  private last = this.start;

  begin(): void {
    this.start = cpuAndTime();
    this.last = this.start;
  }

  lap(): number {
    const before = this.last;
    this.last = cpuAndTime();
    return cpuShare(before, this.last);
  }

  whole(): number {
    return cpuShare(this.start, cpuAndTime());
  }
}

/** Milliseconds of CPU time, and from any start. */
function cpuAndTime() {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, timeMs: performance.now() };
}

type Reading = ReturnType<typeof cpuAndTime>;

function cpuShare(from: Reading, to: Reading): number {
  const timeMs = to.timeMs - from.timeMs;
  return timeMs > 0 ? (to.cpuMs - from.cpuMs) / timeMs : 0;
}
