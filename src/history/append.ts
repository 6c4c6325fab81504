import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { retryWhileBusy } from '../core/retryWhileBusy.js';
import { createFolders, currentFile, type LogFolder, parseFileNumber, sortFiles } from './logFolder.js';

/** Bytes after which a file is full, and a new one is begun. */
const fullFile = 1024 * 1024;
/** Bytes of one project's log, above which its oldest file goes. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Appends whole lines to a log in one write: other processes may do so at the same time, and a kill at any moment leaves at most the last line torn.
 * `mark` distinguishes the new files of processes that find a file full at once. Throws the system's error.
 */
export function append(log: LogFolder, lines: string, mark: string): void {
  // Ends the line of an interrupted write, so that it does not swallow ours.
  const bytes = Buffer.from(`\n${lines}`);
  let file = openCurrent(log);
  try {
    if (fstatSync(file).size >= fullFile) {
      closeSync(file);
      turnOver(log, mark);
      file = openCurrent(log);
    }
    let rest = bytes.subarray(writeSync(file, bytes));
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
  } finally {
    closeSync(file);
  }
}

function openCurrent(log: LogFolder): number {
  const open = () => openSync(join(log.path, currentFile), 'a', 0o600);
  try {
    return open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    createLogFolder(log);
    return open();
  }
}

function createLogFolder({ project, home, all, path }: LogFolder): void {
  if (home !== null) statSync(home);
  createFolders(path, 0o700);
  writeFileSync(join(path, 'project.json'), `${JSON.stringify({ schemaVersion: 1, folder: project })}\n`, {
    mode: 0o600,
  });
  dropOldProjects(all, path);
}

/** Puts the full file aside, and the oldest ones away. Where another process does the same, there is a short file more. */
function turnOver({ path }: LogFolder, mark: string): void {
  const before = sortFiles(readdirSync(path)).filter((name) => name !== currentFile);
  const number = (parseFileNumber(before.at(-1) ?? '') ?? 0) + 1;
  const name = `deliveries.${String(number).padStart(8, '0')}.${mark}.jsonl`;
  ignoring(['ENOENT'], () => retryWhileBusy(() => renameSync(join(path, currentFile), join(path, name))));
  let total = fullFile;
  for (const earlier of [...before, name].toReversed()) {
    ignoring(['ENOENT'], () => {
      total += statSync(join(path, earlier)).size;
    });
    if (total > maxBytes) rmSync(join(path, earlier), { force: true });
  }
}

function ignoring(codes: readonly string[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Projects whose logs are kept, and the bytes of all of them together. */
const maxProjects = 100;
const maxLogBytes = 256 * 1024 * 1024;

/** Removes the logs of the projects that were sent from least recently, where there are too many; never `current`. */
function dropOldProjects(all: string, current: string): void {
  const projects = readdirSync(all)
    .map((name) => join(all, name))
    .filter((path) => path !== current)
    .flatMap(measureSize)
    .sort((a, b) => b.usedAtMs - a.usedAtMs);
  let count = 1;
  let total = 0;
  for (const { path, bytes } of projects) {
    total += bytes;
    if (++count > maxProjects || total > maxLogBytes) rmSync(path, { recursive: true, force: true });
  }
}

interface ProjectSize {
  readonly path: string;
  readonly bytes: number;
  readonly usedAtMs: number;
}

function measureSize(path: string): ProjectSize[] {
  try {
    const files = readdirSync(path).map((name) => statSync(join(path, name)));
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return [{ path, bytes, usedAtMs: Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs)) }];
  } catch {
    // Another process removes it.
    return [];
  }
}
