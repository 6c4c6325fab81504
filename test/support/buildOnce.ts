import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/webhook-sim-test');
const unusedMs = 3_600_000;

export interface Build {
  readonly name: string;
  /** Files and folders of the project whose bytes, with the installed packages, decide what is built. */
  readonly inputs: readonly string[];
  build(folder: string): void | Promise<void>;
}

const builds = new Map<string, Promise<string>>();

/** Resolves with a folder of the build of these inputs: built by the first who asks, on whatever process, and shared by all. */
export function buildOnce(build: Build): Promise<string> {
  const known = builds.get(build.name) ?? findOrBuild(build);
  builds.set(build.name, known);
  return known;
}

async function findOrBuild({ name, inputs, build }: Build): Promise<string> {
  const key = hashFiles([...inputs, 'node_modules/.package-lock.json', 'test/support']);
  const folder = join(cache, `${name}-${key}`);
  mkdirSync(cache, { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  try {
    if (!existsSync(folder)) {
      removeUnused();
      const draft = mkdtempSync(`${folder}.draft-`);
      await build(draft);
      renameSync(draft, folder);
    }
    utimesSync(folder, new Date(), new Date());
    return folder;
  } finally {
    await unlock();
  }
}

function hashFiles(inputs: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) {
    const path = join(root, input);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !/(^|[\\/])node_modules($|[\\/])/.test(relative(path, entry.parentPath)))
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [path];
    for (const file of files) {
      const bytes = readFileSync(file);
      hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** Waits while another living process holds the lock. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`${process.pid}`);
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
      if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
      else await setTimeout(100);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Removes what was built of other inputs and not asked for since an hour. */
function removeUnused(): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (statSync(path).mtimeMs < Date.now() - unusedMs) rmSync(path, { recursive: true, force: true });
  }
}
