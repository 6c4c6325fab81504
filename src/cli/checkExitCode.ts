import type { CheckEnded } from '../core/check.js';
import { exitCodes } from './exitCode.js';

/** The exit code of a check: 0 for a safe receiver only, and for nothing less than the whole of what was asked for. */
export function checkExitCode({ counts, incomplete, reached, interrupted }: CheckEnded, signal: unknown): number {
  if (interrupted && signal === 'SIGTERM') return exitCodes.sigterm;
  if (interrupted && signal === 'SIGINT') return exitCodes.sigint;
  if (!reached) return exitCodes.broken;
  return counts.fail > 0 || incomplete !== null ? exitCodes.refused : exitCodes.ok;
}
