import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { LoadedSuite } from '../../../config/suiteFile.js';
import type { FileOf } from '../../../report/suite/fileOf.js';
import type { Io } from '../../io/io.js';

/** Names the files of suites as their repository does: from the workspace of the CI, else from the working folder. */
export function repositoryFile(suites: readonly LoadedSuite[], { cwd, env }: Io): FileOf {
  const root = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || cwd;
  const files = new Map(
    suites.map(({ shown, file }) => {
      const path = relative(root, resolve(cwd, file));
      return [shown, path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/')];
    }),
  );
  return (suite) => files.get(suite) ?? null;
}
