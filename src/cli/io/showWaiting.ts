import type { Io } from './io.js';
import { type Waiting, WaitNotice } from './waitNotice.js';

/** Makes the outputs of a command clear the notice of waiting before they write. */
export function withWaitNotice(io: Io): Io {
  const waitNotice = new WaitNotice(io.stderr, io.clock);
  return Object.create(io, {
    waitNotice: { value: waitNotice },
    stdout: { value: waitNotice.above(io.stdout) },
    stderr: { value: waitNotice.above(io.stderr) },
  });
}

/** Shows what the program is waiting for from now on to a person at a terminal; never in CI, nor where output is for programs or quiet. */
export function showWaiting(what: string, options: { json?: boolean; quiet?: boolean }, io: Io): Waiting {
  const { waitNotice, stderr, env } = io;
  const isWanted = !options.json && !options.quiet && !env.CI && env.TERM !== 'dumb' && stderr.isTTY;
  return waitNotice && isWanted ? waitNotice.begin(what) : { update: () => {}, show: () => {}, end: () => {} };
}
