import { UsageError } from './errors.js';

/** The error for a port that a server can't open; `advice` says how to name another one. */
export function portError(port: number, code: string | undefined, advice: string): UsageError {
  const why =
    code === 'EADDRINUSE'
      ? 'is in use'
      : code === 'EACCES'
        ? 'is reserved, or needs privileges that this user lacks'
        : `can't be opened (${code})`;
  return new UsageError('BAD_PORT', `Port ${port} ${why}. ${advice}; 0 takes any free one.`);
}
