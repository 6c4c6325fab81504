import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const sources = [
  'build',
  'payloads',
  'src/core',
  'src/delivery',
  'src/documents',
  'src/json',
  'src/payloads',
  'src/providers',
];

/** Builds the catalogue that the sources read, unless it is newer than all that it is made of. */
export default async function setup(): Promise<void> {
  preferPython();
  const folder = join(root, 'dist/catalogue');
  const index = join(folder, 'index.json');
  const builtAt = existsSync(index) ? statSync(index).mtimeMs : 0;
  if (sources.some((source) => newest(join(root, source)) >= builtAt)) {
    execFileSync(process.execPath, ['build/writeCatalogue.js'], { cwd: root, stdio: 'inherit' });
  }
}

/** Puts Python itself into the path where a script of a version manager stands for it there, which takes several times as long. */
function preferPython(): void {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  const folder = stdout?.trim() && dirname(stdout.trim());
  const path = process.env.PATH ?? '';
  // A folder that is in the path already may hold another Node than the one in use.
  if (folder && !path.split(delimiter).includes(folder)) process.env.PATH = `${folder}${delimiter}${path}`;
}

/** Returns the time of the last change to a folder, or a file in it. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), stat.mtimeMs);
}
