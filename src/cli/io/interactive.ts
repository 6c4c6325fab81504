import type { Io } from './io.js';

/** Returns whether a person sits at a terminal that can show prompts. */
export function isInteractive(io: Io): boolean {
  return io.env.TERM !== 'dumb' && io.stdinIsTTY && io.stdout.isTTY;
}
