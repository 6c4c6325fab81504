import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders } from '../../../history/makeFolders.js';
import { stateFolder } from '../../../history/stateFolder.js';
import type { Io } from '../../io/io.js';

/** What was chosen last in a project; names and addresses only. */
export interface Remembered {
  readonly project: string;
  readonly provider: string;
  readonly event: string;
  readonly target: string;
}

/** Projects that are remembered. */
const most = 50;
const longestFile = 256 * 1024;

/** What was chosen last in a project; undefined where nothing is known. */
export async function recallPick(project: string, io: Io): Promise<Remembered | undefined> {
  return (await readAll(io)).find((each) => each.project === project);
}

/** Keeps what was chosen. A home that is missing or read-only is no matter. */
export async function rememberPick(choice: Remembered, io: Io): Promise<void> {
  const folder = stateFolder(io)?.path;
  if (folder === undefined) return;
  const others = (await readAll(io)).filter(({ project }) => project !== choice.project);
  const draft = join(folder, `picker.${Buffer.from(io.entropy(6)).toString('hex')}`);
  try {
    makeFolders(folder, 0o700);
    await writeFile(draft, `${JSON.stringify([choice, ...others].slice(0, most), null, 1)}\n`, { mode: 0o600 });
    await rename(draft, join(folder, 'picker.json'));
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function readAll(io: Io): Promise<Remembered[]> {
  const folder = stateFolder(io)?.path;
  if (folder === undefined) return [];
  try {
    const text = await readFile(join(folder, 'picker.json'), 'utf8');
    const all: unknown = text.length > longestFile ? [] : JSON.parse(text);
    return Array.isArray(all) ? all.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function isRemembered(value: unknown): value is Remembered {
  const members = ['project', 'provider', 'event', 'target'] as const;
  return members.every((name) => typeof (value as Partial<Remembered> | null)?.[name] === 'string');
}
