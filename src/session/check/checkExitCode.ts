import { isSafe } from '../../check/isSafe.js';
import type { CheckEnded } from '../../core/check.js';
import { exitCodes } from '../../core/run.js';

/** Returns the exit code of a check: 0 only for a safe receiver and a check that ran in full. */
export function checkExitCode(ended: CheckEnded, signal: unknown): number {
  const { reached, interrupted } = ended;
  if (interrupted && signal === 'SIGTERM') return exitCodes.sigterm;
  if (interrupted && signal === 'SIGINT') return exitCodes.sigint;
  if (!reached) return exitCodes.broken;
  return isSafe(ended) ? exitCodes.ok : exitCodes.rejected;
}
