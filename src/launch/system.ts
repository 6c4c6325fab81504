import { constants } from 'node:os';

/** The parts of `process` that the processes started by this one need. */
export const { platform, pid: ownPid } = process;

/** Milliseconds in which the same Ctrl-C can arrive again, as in `Signals`. */
const echoMs = 300;

/** A text that no other program on this machine has in its environment. */
export function freshTag(): string {
  return `webhook-sim-${process.pid}-${process.hrtime.bigint()}`;
}

/** Sends a signal to a process, or to a group by its negative number; whoever is gone or not ours is passed over. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended, or belongs to another user.
  }
}

/**
 * Calls `clear` if this process ends before the returned function was called: at its exit, also that of a bug; by a signal that ends it at once; by a
 * second SIGINT or SIGTERM. `signal` is aborted by the first, for an orderly end.
 */
export function clearAtExit(clear: () => void, signal: AbortSignal): () => void {
  let first: bigint | undefined;
  const lift = () => {
    process.removeListener('exit', clear);
    for (const name of requests) process.removeListener(name, onRequest);
    for (const name of ends) process.removeListener(name, die);
  };
  const die = (name: NodeJS.Signals) => {
    clear();
    lift();
    endBySignal(name);
  };
  const onRequest = (name: NodeJS.Signals) => {
    const now = process.hrtime.bigint();
    first ??= now;
    if (!signal.aborted || now - first > echoMs * 1e6) die(name);
  };
  process.on('exit', clear);
  for (const name of requests) process.on(name, onRequest);
  for (const name of ends) process.on(name, die);
  return lift;
}

/** Ends this process as a signal does; Windows has none that a process could send itself. */
function endBySignal(name: NodeJS.Signals): void {
  if (platform === 'win32') process.exit(128 + constants.signals[name]);
  process.kill(process.pid, name);
}

const requests = ['SIGINT', 'SIGTERM'] as const;
const ends = ['SIGHUP', 'SIGQUIT'] as const;
