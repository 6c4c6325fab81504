import type { LoadEnded, LoadSecond } from '../core/load.js';
import type { FlightCounter, LoadPart, PartEnded, PartSecond } from './loadPart.js';
import type { LoadPlan } from './loadPlan.js';
import { LoadSums, type SummedCourse } from './loadSums.js';
import type { CpuWatch } from './machineWatch.js';
import { playLoad } from './playLoad.js';

/** The common state of all parts of a load. */
export interface LoadWhole extends SummedCourse {
  readonly flights: FlightCounter;
  readonly cpu: CpuWatch;
  readonly signal: AbortSignal;
}

/** Sends deliveries at a rate in this thread: yields each second as it ends, and the sums last. */
export function runLoad(plan: LoadPlan, cpu: CpuWatch): AsyncGenerator<LoadSecond | LoadEnded, void> {
  return mergeLoad([onePart(playLoad(plan))], { ...plan, cpu });
}

function onePart(playing: AsyncGenerator<PartSecond | PartEnded, void>): LoadPart {
  return { next: () => playing.next(), return: () => playing.return() };
}

/** Listens to all parts of a load at once, and yields them as the one load that they are. */
export async function* mergeLoad(
  parts: readonly LoadPart[],
  { flights, cpu, signal, ...course }: LoadWhole,
): AsyncGenerator<LoadSecond | LoadEnded, void> {
  const sums = new LoadSums(course);
  const ends: PartEnded[] = [];
  let running = parts;
  cpu.begin();
  try {
    while (running.length > 0) {
      const seconds: PartSecond[] = [];
      const results = await Promise.all(running.map(async (part) => ({ part, next: await part.next() })));
      running = results.flatMap(({ part, next }) => {
        if (next.done) return [];
        if (next.value.type === 'second') seconds.push(next.value);
        else ends.push(next.value);
        return next.value.type === 'second' ? [part] : [];
      });
      if (seconds.length > 0) yield sums.addSecond(seconds, { inFlight: flights.now, cpu: cpu.lap() });
    }
    yield sums.end(ends, { maxInFlight: flights.most, cpu: cpu.whole(), interrupted: signal.aborted });
  } finally {
    await Promise.all(parts.map((part) => part.return()));
  }
}
