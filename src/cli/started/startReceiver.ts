import { UsageError } from '../../core/errors.js';
import type { Route } from '../../core/route.js';
import { placeOf } from '../../transport/place.js';
import { reach } from '../../transport/reach.js';
import type { Io } from '../io.js';
import { type Started, startProgram } from './startProgram.js';

/** What is started to be the target of a run. */
export interface ReceiverToStart {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly url: string;
  readonly route: Route;
}

/** Milliseconds in which a receiver that is there already takes a connection. */
const lookMs = 1000;

/**
 * Starts the receiver; `waitForTarget` says when it is ready. Throws a UsageError where there is no such program, and where somebody takes
 * connections at its address before it is started: the run would test that one, and take it for this.
 */
export async function startReceiver(
  { command, url, route }: ReceiverToStart,
  io: Pick<Io, 'cwd' | 'env' | 'interrupted'>,
): Promise<Started> {
  // Asked for while there is nothing yet to leave behind: until then a signal ends this process where it stands.
  const signal = io.interrupted;
  if ((await reach(url, route, lookMs)) === null) {
    throw new UsageError(
      'ALREADY_THERE',
      `Another program is already there at ${route.socketPath ?? placeOf(url).address}, and would be tested in place of the one after --. Stop it, or leave out -- and what follows.`,
    );
  }
  return startProgram({ command, cwd: io.cwd, env: io.env, signal });
}
