import type { StateAtRest } from '../../core/load.js';
import type { World } from '../../core/world.js';
import type { FlowView } from '../../flow/view.js';
import { ProcessWatch } from '../../load/machineWatch.js';
import { realTimer } from '../../load/realTimer.js';
import type { LoadPlan } from '../../load/runLoad.js';
import { timeToRest } from '../../load/timeToRest.js';
import type { Carrier } from '../../transport/carrier.js';
import { Transport } from '../../transport/transport.js';
import { readProbe } from '../flow/readProbe.js';
import type { OpenTarget } from '../target/openTarget.js';
import type { ReadyLoad } from './prepareLoad.js';

/** A load that can be sent. */
export interface OpenLoad {
  readonly plan: LoadPlan;
  /** What is odd about it. */
  readonly notes: readonly string[];
  /** Waits, when all is sent, until the receiver's state rests; null where it is not looked at. */
  readonly probe: (() => Promise<StateAtRest>) | null;
}

/** How long a state may go on changing after a load, in milliseconds. */
const maxRestMs = 10 * 60_000;
const nothingSeen: FlowView = { identities: new Map(), valueAt: () => '' };

/** Makes the plan of a load for its receiver, now that it has an address; a carrier takes the deliveries there in place of the wire. */
export async function openLoad(
  { course, random, route, headers, probe, unitsTo }: ReadyLoad,
  open: Pick<OpenTarget, 'url' | 'urlFor'>,
  io: World,
  carrier: Carrier | null = null,
): Promise<OpenLoad> {
  const { units, notes } = await unitsTo(open.urlFor);
  const plan: LoadPlan = {
    ...course,
    units,
    random,
    transport: carrier ?? new Transport({ route }),
    clock: io.clock,
    timer: realTimer,
    machine: new ProcessWatch(),
    signal: io.interrupted,
  };
  if (probe === null) return { plan, notes, probe };
  const look = readProbe(probe.text, { ...probe, flows: [], target: open.url, route, headers }, io);
  const { clock, interrupted: signal } = io;
  return { plan, notes, probe: () => timeToRest(() => look(nothingSeen), { clock, signal, limitMs: maxRestMs }) };
}
