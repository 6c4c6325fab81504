import type { Project } from '../../../config/project.js';
import { reportSetting, type SettingFlags, type SettingScope, timeLimitSetting } from '../../../config/settings.js';
import type { Header } from '../../../core/delivery.js';
import { parseTimeLimit } from '../../../core/timeLimit.js';
import type { Io } from '../../io/io.js';

interface ReportFlags {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** The flags of a command, with the report that the project's config chooses where none of them does; errors are told the same way from then on. */
export function withReport<T extends ReportFlags>(
  flags: T,
  project: Project,
  { errorStyle }: Pick<Io, 'errorStyle'>,
): T {
  const [json, verbose, quiet] = (['json', 'verbose', 'quiet'] as const).map(
    (name) => reportSetting(project, flags, name).value,
  );
  Object.assign(errorStyle, { json: json === true, quiet: quiet === true });
  return { ...flags, json, verbose, quiet };
}

/** Milliseconds of the time limit in force; null for the provider's own. Throws a UsageError that names its source. */
export function timeLimitOf(project: Project, flags: SettingFlags, scope: SettingScope): number | null {
  const { value, source } = timeLimitSetting(project, flags, scope);
  return value === null ? null : parseTimeLimit(value, source);
}

interface OwnHeaders {
  readonly headers: readonly Header[];
  /** Lower-case names of those whose value is secret. */
  readonly secretNames: readonly string[];
}

/** A target's headers with those of the command line, which replace those of the same name. */
export function ownHeaders(target: OwnHeaders, typed: readonly Header[]): OwnHeaders {
  const replaced = new Set(typed.map(([name]) => name.toLowerCase()));
  return {
    headers: [...target.headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...typed],
    secretNames: target.secretNames.filter((name) => !replaced.has(name)),
  };
}
