import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliOptions, type CliResult, cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

/** A project with a state folder of its own. */
export interface LoggedProject {
  readonly cwd: string;
  readonly state: string;
  readonly env: Record<string, string>;
  /** Runs the command line in it. */
  run(argv: readonly string[], options?: CliOptions): Promise<CliResult>;
  /** The records that `log` tells, the newest last. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was kept
  kept(): Promise<any[]>;
  /** All that stands in the files of the state folder. */
  texts(): string;
}

/** An empty project, or one with files; removed when the test ends. */
export function loggedProject(files: Readonly<Record<string, string>> = {}): LoggedProject {
  const cwd = folderOf(files);
  const state = folderOf({});
  const env = { XDG_STATE_HOME: state };
  const run = (argv: readonly string[], options: CliOptions = {}) =>
    cli(argv, { ...options, cwd, env: { ...env, ...options.env } });
  return {
    cwd,
    state,
    env,
    run,
    kept: async () => (await run(['log', '--json', '--limit', '1000000'])).json.filter(({ type }) => type === 'kept'),
    texts: () =>
      filesBelow(state)
        .map((path) => readFileSync(path, 'latin1'))
        .join('\n'),
  };
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
