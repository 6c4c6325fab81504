import { UsageError } from '../core/errors.js';
import type { NamedRoute } from '../core/route.js';
import type { World } from '../core/world.js';
import { parseEndpoint } from '../transport/endpoint.js';
import { probeConnection } from '../transport/probeConnection.js';
import { type Started, startProgram } from './startProgram.js';

/** A program to start as the target of a run. */
export interface ReceiverToStart {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** The addresses where it will take connections. */
  readonly places: readonly { readonly url: string; readonly route: NamedRoute }[];
  /** Called with a warning about an address where another program already listens. */
  readonly say?: (line: string) => void;
}

/** Milliseconds in which a receiver that is there already takes a connection. */
const lookMs = 1000;

/**
 * Starts the receiver; `waitForTarget` finds out when it is ready. Throws a UsageError where there is no such program, and where another one already
 * listens at all of its addresses: the run would test that one.
 */
export async function startReceiver(
  { command, places, say }: ReceiverToStart,
  io: Pick<World, 'cwd' | 'env' | 'interrupted' | 'secrets'>,
): Promise<Started> {
  // Read while there is nothing yet to clean up: until then a signal ends this process at once.
  const signal = io.interrupted;
  const found = await Promise.all(places.map(({ url, route }) => probeConnection(url, route, lookMs)));
  const taken = places.filter((_, at) => found[at] === null);
  const shown = taken.map(({ url, route }) => route.socketPath ?? parseEndpoint(url).address).join(' and ');
  if (taken.length === places.length) {
    throw new UsageError(
      'ALREADY_THERE',
      `Another program is already there at ${shown}, and would be tested in place of the one after --. Stop it, or leave out -- and what follows.`,
    );
  }
  if (taken.length > 0) say?.(`Not started by this run, for it is there already: ${shown}`);
  return startProgram({ command, cwd: io.cwd, env: io.env, secrets: io.secrets, signal });
}
