import { UsageError } from './errors.js';

/** The error for a port that a server can't have; `advice` says how to name another one. */
export function portError(port: number, code: string | undefined, advice: string): UsageError {
  const why =
    code === 'EADDRINUSE'
      ? 'is in use'
      : code === 'EACCES'
        ? 'is reserved, or not for this user'
        : `can't be had (${code})`;
  return new UsageError('BAD_PORT', `The port ${port} ${why}. ${advice}; 0 takes any free one.`);
}
