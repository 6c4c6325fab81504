import type { RunEnded } from './run.js';

/** What the process says when it ends. */
export const exitCodes = {
  ok: 0,
  rejected: 1,
  usage: 2,
  broken: 3,
  timedOut: 4,
  bug: 70,
  sigint: 130,
  sigterm: 143,
} as const;

/** The exit code of a run: the first of 3, 4, 1 that any of its deliveries earned, unless a signal ended it; what was withheld earned 1. */
export function exitCodeOf({ failed, interrupted, withheld = 0 }: RunEnded, signal: unknown): number {
  if (interrupted && signal === 'SIGTERM') return exitCodes.sigterm;
  if (interrupted && signal === 'SIGINT') return exitCodes.sigint;
  if (failed.broken + failed.unreachable > 0) return exitCodes.broken;
  if (failed.timed_out > 0) return exitCodes.timedOut;
  return failed.rejected + failed.accepted + withheld > 0 ? exitCodes.rejected : exitCodes.ok;
}
