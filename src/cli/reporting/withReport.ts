import type { Project } from '../../config/project.js';
import { reportSetting } from '../../config/settings.js';
import type { Io } from '../io/io.js';

interface ReportOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** Adds the report that the project's config chooses where no option does; errors are printed the same way from then on. */
export function withReport<T extends ReportOptions>(
  options: T,
  project: Project,
  { errorStyle }: Pick<Io, 'errorStyle'>,
): T {
  const [json, verbose, quiet] = (['json', 'verbose', 'quiet'] as const).map(
    (name) => reportSetting(project, options, name).value,
  );
  Object.assign(errorStyle, { json: json === true, quiet: quiet === true });
  return { ...options, json, verbose, quiet };
}
