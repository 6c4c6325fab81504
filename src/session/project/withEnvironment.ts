import type { World } from '../../core/world.js';

/** The same world with another environment or working folder; what it computes when asked is still computed then. */
export function withEnvironment<W extends World>(
  io: W,
  { env, cwd }: { env?: World['env']; cwd?: string | undefined },
): W {
  return Object.create(io, {
    ...(env !== undefined && { env: { value: env } }),
    ...(cwd !== undefined && { cwd: { value: cwd } }),
  }) as W;
}
