import type { Project } from '../../config/project.js';
import { type SettingOptions, type SettingScope, timeLimitSetting } from '../../config/settings.js';
import type { Header } from '../../core/delivery.js';
import { parseTimeLimit } from '../../core/duration.js';
import type { World } from '../../core/world.js';

/** Returns the time limit in milliseconds; null for the provider's own. Throws a UsageError that names its source. */
export function timeLimitOf(project: Project, options: SettingOptions, scope: SettingScope): number | null {
  const { value, source } = timeLimitSetting(project, options, scope);
  return typeof value === 'string' ? parseTimeLimit(value, source) : value;
}

interface OwnHeaders {
  readonly headers: readonly Header[];
  /** Lower-case names of those whose value is secret. */
  readonly secretNames: readonly string[];
}

/** A target's headers with the user's own, which replace those of the same name. */
export function withTargetHeaders(target: OwnHeaders, own: readonly Header[]): OwnHeaders {
  const replaced = new Set(own.map(([name]) => name.toLowerCase()));
  return {
    headers: [...target.headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...own],
    secretNames: target.secretNames.filter((name) => !replaced.has(name)),
  };
}

/** Returns the same world with another environment or working folder; getters stay getters. */
export function withEnvironment<W extends World>(
  io: W,
  { env, cwd }: { env?: World['env']; cwd?: string | undefined },
): W {
  return Object.create(io, {
    ...(env !== undefined && { env: { value: env } }),
    ...(cwd !== undefined && { cwd: { value: cwd } }),
  }) as W;
}
