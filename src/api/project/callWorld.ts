import { UsageError } from '../../core/errors.js';
import { SecretMask } from '../../core/secretMask.js';
import type { Output, World } from '../../core/world.js';
import { type DeliveryLog, type LogOwner, logDeliveries } from '../../history/logDeliveries.js';
import { withEnvironment } from '../../session/project/projectOptions.js';
import { callName } from '../assertOptions.js';
import { clock, entropy, environment, workingFolder } from '../world.js';

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

/** The delivery log of a call: nothing is kept unless it is asked for, and then also under CI. */
export function callLog(owner: LogOwner, { log }: { readonly log?: boolean }, io: CallWorld): DeliveryLog {
  return logDeliveries(
    owner,
    { log: log === true, nameOf: callName },
    withEnvironment(io, { env: { ...environment(), CI: undefined } }),
  );
}
