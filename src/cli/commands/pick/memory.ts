import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolders } from '../../../history/createFolders.js';
import { stateFolder } from '../../../history/stateFolder.js';
import type { Io } from '../../io/io.js';

/** What was chosen once in a project; names and addresses only. */
export interface Remembered {
  readonly project: string;
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
  readonly target: string;
}

/** Choices that are remembered of all projects, and of one. */
const maxRemembered = 200;
const maxOfProject = 10;
const longestFile = 256 * 1024;

/** What was chosen in a project, the last choice first. */
export async function recallPicks(project: string, io: Io): Promise<Remembered[]> {
  return (await readAll(io)).filter((each) => each.project === project);
}

/** Keeps what was chosen. A home that is missing or read-only is no matter. */
export async function rememberPick(choice: Remembered, io: Io): Promise<void> {
  const folder = stateFolder(io)?.path;
  if (folder === undefined) return;
  const all = await readAll(io);
  const isSame = ({ provider, event, variant, target }: Remembered) =>
    provider === choice.provider && event === choice.event && variant === choice.variant && target === choice.target;
  const same = all.filter((each) => each.project === choice.project && !isSame(each)).slice(0, maxOfProject - 1);
  const others = all.filter(({ project }) => project !== choice.project);
  const draft = join(folder, `picker.${Buffer.from(io.entropy(6)).toString('hex')}`);
  const kept = [choice, ...same, ...others].slice(0, maxRemembered);
  try {
    createFolders(folder, 0o700);
    await writeFile(draft, `${JSON.stringify(kept, null, 1)}\n`, { mode: 0o600 });
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
  const read = value as Partial<Remembered> | null;
  return (
    members.every((name) => typeof read?.[name] === 'string') && ['string', 'object'].includes(typeof read?.variant)
  );
}
