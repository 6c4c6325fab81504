import { UsageError } from '../../core/errors.js';
import { SecretMask } from '../../core/secretMask.js';
import type { Output, World } from '../../core/world.js';
import { clock, entropy, workingFolder } from '../world.js';

/** The world of a call: nothing is printed, and what would be said is kept as notes. */
export interface CallWorld extends World {
  readonly notes: string[];
}

/** A world that ends with a signal, and whose variables are those that are given. */
export function callWorld(signal: AbortSignal | undefined, env: World['env']): CallWorld {
  const notes: string[] = [];
  const stderr = silent((text) => notes.push(...text.split('\n').filter((line) => line !== '')));
  return {
    notes,
    stderr,
    stdout: silent(() => {}),
    readStdin: async () => {
      throw new UsageError('NO_STDIN', 'a call reads no standard input');
    },
    env,
    get cwd() {
      return workingFolder();
    },
    clock,
    secrets: new SecretMask(),
    entropy,
    isCall: true,
    interrupted: signal ?? new AbortController().signal,
  };
}

function silent(write: (text: string) => void): Output {
  return { write, isTTY: false, columns: 80 };
}
