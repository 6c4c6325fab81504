import type { World } from '../../core/world.js';
import { ProcessWatch } from '../../load/machineWatch.js';
import { realTimer } from '../../load/realTimer.js';
import type { LoadPlan } from '../../load/runLoad.js';
import { Transport } from '../../transport/transport.js';
import type { OpenTarget } from '../target/openTarget.js';
import type { ReadyLoad } from './prepareLoad.js';

/** Makes the plan of a load for its receiver, now that it has an address; also says what is odd about it. */
export async function openLoad(
  { course, random, route, unitsTo }: ReadyLoad,
  open: Pick<OpenTarget, 'urlFor'>,
  io: Pick<World, 'clock' | 'interrupted'>,
): Promise<{ readonly plan: LoadPlan; readonly notes: readonly string[] }> {
  const { units, notes } = await unitsTo(open.urlFor);
  const plan: LoadPlan = {
    ...course,
    units,
    random,
    transport: new Transport({ route }),
    clock: io.clock,
    timer: realTimer,
    machine: new ProcessWatch(),
    signal: io.interrupted,
  };
  return { plan, notes };
}
