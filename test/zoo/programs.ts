import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** How a file that is not served in the process of the test is run. */
export const programs = {
  node: [process.execPath],
  alone: [process.execPath, join(import.meta.dirname, 'serve.mjs')],
  // Leaves no compiled files behind, and reads UTF-8 whatever the locale is.
  python: ['python3', '-B', '-X', 'utf8'],
  // As in many a container: optimised, which leaves out what is asserted.
  optimisedPython: ['python3', '-O', '-B', '-X', 'utf8'],
  ruby: ['ruby'],
} as const;

/** Only Ruby may be missing; its receivers are left out then. */
export const hasRuby = spawnSync('ruby', ['-ropenssl', '-rjson', '-e', '']).status === 0;
