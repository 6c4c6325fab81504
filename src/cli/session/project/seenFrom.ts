import type { Io } from '../../io/io.js';

/** The same world with another environment or working folder; what it computes when asked is still computed then. */
export function seenFrom(io: Io, { env, cwd }: { env?: Io['env']; cwd?: string | undefined }): Io {
  return Object.create(io, {
    ...(env !== undefined && { env: { value: env } }),
    ...(cwd !== undefined && { cwd: { value: cwd } }),
  }) as Io;
}
