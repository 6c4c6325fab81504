import { platform } from 'node:os';
import { resolve } from 'node:path';

/** The path of a file that is written to. On Windows, NUL with a folder before it would be a file that hardly anything can delete. */
export function outputPath(cwd: string, file: string, system: NodeJS.Platform = platform()): string {
  return system === 'win32' && /^(?:.*[\\/])?nul$/i.test(file) ? '\\\\.\\nul' : resolve(cwd, file);
}
