import { isSafe } from '../../check/isSafe.js';
import type { CheckEnded } from '../../core/check.js';
import { exitCodes } from '../../core/run.js';

/** The exit code of a check: 0 for a safe receiver only, and for nothing less than the whole of what was asked for. */
export function checkExitCode(ended: CheckEnded, signal: unknown): number {
  const { reached, interrupted } = ended;
  if (interrupted && signal === 'SIGTERM') return exitCodes.sigterm;
  if (interrupted && signal === 'SIGINT') return exitCodes.sigint;
  if (!reached) return exitCodes.broken;
  return isSafe(ended) ? exitCodes.ok : exitCodes.rejected;
}
