import { isAbsolute, join } from 'node:path';
import type { World } from '../core/world.js';

/** Where the user's programs keep what they remember, by the XDG base directories. */
export interface StateFolder {
  readonly path: string;
  /** The user's home, which is there or nothing is kept; null where the state has a place of its own. */
  readonly home: string | null;
}

/** The folder for what is remembered; null where the environment names no home. */
export function stateFolder({ env }: Pick<World, 'env'>): StateFolder | null {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state && isAbsolute(state)) return { path: join(state, 'webhook-sim'), home: null };
  return home && isAbsolute(home) ? { path: join(home, '.local/state/webhook-sim'), home } : null;
}
