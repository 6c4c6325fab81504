import { parentPort, workerData } from 'node:worker_threads';
import { emptyProject, openProject } from '../../config/project.js';
import type { World } from '../../core/world.js';
import { FlightCounter } from '../../load/loadPart.js';
import type { LoadPlan } from '../../load/loadPlan.js';
import { loadRandoms } from '../../load/loadRandoms.js';
import { LoopWatch } from '../../load/machineWatch.js';
import { playLoad } from '../../load/playLoad.js';
import { realTimer } from '../../load/realTimer.js';
import { readLoadValues } from '../../options/writtenLoadValues.js';
import { prepareLoad } from '../../session/load/prepareLoad.js';
import { answerFrom } from '../../session/load/threads/answerBook.js';
import type { ThreadEvent, ThreadOrder, ThreadTask } from '../../session/load/threads/threadTask.js';
import { writeError } from '../../session/threads/writtenError.js';
import { Transport } from '../../transport/transport.js';
import { callWorld } from '../project/callWorld.js';
import { clock } from '../world.js';

/** Sends the part of a load that this thread was started for, and posts its results to the thread that started it. */
export async function playThread(): Promise<void> {
  const port = parentPort!;
  const post = (event: ThreadEvent) => port.postMessage(event);
  const stop = new AbortController();
  const started = new Promise<number>((resolve) => {
    port.on('message', (order: ThreadOrder) => {
      if (order.type === 'start') resolve(order.startMs);
      else stop.abort(order.reason);
    });
  });
  try {
    const plan = await planThread(workerData as ThreadTask, stop.signal);
    post({ type: 'ready' });
    for await (const event of playLoad(plan, await started)) post(event);
  } catch (error) {
    post({ type: 'failed', error: writeError(error) });
  } finally {
    port.close();
  }
}

/** Makes a thread's part of a load ready, by the same road as the whole. */
async function planThread(task: ThreadTask, signal: AbortSignal): Promise<LoadPlan> {
  const { cwd, env, config, target, share, origin } = task;
  const io = threadWorld(task, signal);
  const project = config === null ? emptyProject(cwd, env) : await openProject({ cwd, env, clock, file: config });
  const { urls, publicUrls, ...place } = target;
  const chosen = {
    ...place,
    urlFor: answerFrom(urls),
    ...(publicUrls && { publicUrlFor: answerFrom(publicUrls) }),
  };
  const { workers: _, baseline: __, ...options } = readLoadValues(task.options);
  const { provider, events, secretHeaders } = task;
  const ready = await prepareLoad({ project, provider, events, target: chosen, secretHeaders }, options, io);
  const { schedule, random } = loadRandoms(origin, share.index);
  const { units } = await ready.unitsTo(answerFrom(task.urls), { random, share });
  return {
    ...ready.course,
    units,
    schedule,
    share,
    flights: new FlightCounter(task.flights),
    random,
    transport: new Transport({ route: ready.route }),
    clock,
    timer: realTimer,
    machine: new LoopWatch(),
    signal,
  };
}

function threadWorld({ cwd, env, stdin, hidden }: ThreadTask, signal: AbortSignal): World {
  const world: World = callWorld(signal, env);
  return Object.create(world, {
    cwd: { value: cwd },
    ...(stdin && { readStdin: { value: async () => stdin } }),
    ...(hidden !== null && { askHidden: { value: async () => hidden } }),
  });
}
