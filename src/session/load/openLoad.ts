import { UsageError } from '../../core/errors.js';
import { type LoadEnded, type LoadSecond, type LoadStage, maxRestMs, type StateAtRest } from '../../core/load.js';
import type { World } from '../../core/world.js';
import type { FlowView } from '../../flow/view.js';
import { FlightCounter, wholeLoad } from '../../load/loadPart.js';
import type { LoadPlan } from '../../load/loadPlan.js';
import { loadRandoms } from '../../load/loadRandoms.js';
import { LoopWatch, ProcessWatch } from '../../load/machineWatch.js';
import { realTimer } from '../../load/realTimer.js';
import { mergeLoad, runLoad } from '../../load/runLoad.js';
import { timeToRest } from '../../load/timeToRest.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import { Transport } from '../../transport/transport.js';
import { readProbe } from '../flow/readProbe.js';
import type { OpenTarget } from '../target/openTarget.js';
import type { ReadyLoad } from './prepareLoad.js';
import { AnswerBook } from './threads/answerBook.js';
import type { LoadRecording } from './threads/recordLoad.js';
import type { Answers } from './threads/threadTask.js';

/** A load that can be sent. */
export interface OpenLoad {
  /** Names of what it sends. */
  readonly names: readonly string[];
  /** Warnings about the load. */
  readonly notes: readonly string[];
  readonly stages: readonly LoadStage[];
  readonly signal: AbortSignal;
  /** Sends it: each second as it ends, and the sums last. */
  run(): AsyncGenerator<LoadSecond | LoadEnded, void>;
  /** Null where the receiver's state is not looked at. */
  readonly probe: LoadProbe | null;
}

/** A probe of the receiver's state. */
export interface LoadProbe {
  /** Looks once. Throws a UsageError where there is nothing to be seen. */
  assertSeen(): Promise<void>;
  /** Waits until the state rests. */
  waitForRest(): Promise<StateAtRest>;
}

const nothingSeen: FlowView = { identities: new Map(), valueAt: () => '' };

/** Opens a load for its receiver, now that it has an address; a carrier takes the deliveries there in place of the wire. */
export async function openLoad(
  ready: ReadyLoad,
  open: Pick<OpenTarget, 'url' | 'urlFor'>,
  io: World,
  carrier: DeliveryTransport | null = null,
): Promise<OpenLoad> {
  const { course, origin, route, recording } = ready;
  const { schedule, random } = loadRandoms(origin);
  const addresses = new AnswerBook(open.urlFor);
  const { units, notes } = await ready.unitsTo(addresses.answer, { random, share: wholeLoad });
  const here = () => {
    const plan: LoadPlan = {
      ...course,
      units,
      schedule,
      share: wholeLoad,
      flights: new FlightCounter(),
      random,
      transport: carrier ?? new Transport({ route }),
      clock: io.clock,
      timer: realTimer,
      machine: new LoopWatch(),
      signal: io.interrupted,
    };
    return runLoad(plan, new ProcessWatch());
  };
  const run = () => (recording ? runThreads({ ready, recording, urls: addresses.answers }, io) : here());
  const names = units.map(({ name }) => name);
  return { names, notes, stages: course.stages, signal: io.interrupted, run, probe: openProbe(ready, open.url, io) };
}

interface ThreadedLoad {
  readonly ready: ReadyLoad;
  readonly recording: LoadRecording;
  readonly urls: Answers;
}

/** Sends a load in threads of their own. */
async function* runThreads(
  { ready, recording, urls }: ThreadedLoad,
  io: World,
): AsyncGenerator<LoadSecond | LoadEnded, void> {
  const { workers, origin, course } = ready;
  const { openThreads } = await import('./threads/openThreads.js');
  const flights = new Int32Array(new SharedArrayBuffer(8));
  const recorded = recording.written();
  const tasks = Array.from({ length: workers }, (_, index) => {
    const share = { index, of: workers };
    return { ...recorded, origin, urls, share, flights };
  });
  const threads = await openThreads(tasks, io.interrupted);
  try {
    threads.start(realTimer.now());
    const whole = { ...course, flights: new FlightCounter(flights), cpu: new ProcessWatch(), signal: io.interrupted };
    yield* mergeLoad(threads.parts, whole);
  } finally {
    await threads.close();
  }
}

function openProbe({ probe, route, headers }: ReadyLoad, url: string, io: World): LoadProbe | null {
  if (probe === null) return null;
  const take = readProbe(probe.text, { ...probe, flows: [], target: url, route, headers }, io);
  const look = () => take(nothingSeen);
  const { clock, interrupted: signal } = io;
  return {
    async assertSeen() {
      const snapshot = await look();
      if (snapshot.ok || signal.aborted) return;
      throw new UsageError('BAD_PROBE', `${probe.name}: ${snapshot.message} Nothing was sent.`);
    },
    waitForRest: () => timeToRest(look, { clock, signal, limitMs: maxRestMs }),
  };
}
