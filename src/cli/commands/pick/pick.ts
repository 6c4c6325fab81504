import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAddress } from '../../../config/address.js';
import type { Project } from '../../../config/project.js';
import { targetConfig, targetSetting } from '../../../config/settings.js';
import { UsageError } from '../../../core/errors.js';
import { printable } from '../../../core/printable.js';
import { demoTarget } from '../../../core/target.js';
import { createFolders, stateFolder } from '../../../history/logFolder.js';
import { allProviders, findProvider } from '../../../providers/findProvider.js';
import { shownAddress } from '../../../session/target/target.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { loadProject } from '../../project/project.js';
import { type Back, back, PromptCancelled } from '../../prompts/ask.js';
import { askDelivery } from '../../prompts/askDelivery.js';
import { chooseRow, type Row, type TypedRow } from '../../prompts/chooseRow.js';
import { newChoice } from './choice.js';
import { runMenu } from './menu.js';

/** The marks of an address: a text with any of them is taken as one, not as a search. */
const addressMark = /[/:.]|^\d+$|^localhost$/;

/** Asks where to send, in one list: the targets used before, those of the config, the built-in receiver, or any address that is typed. */
function askTarget(project: Project, recent: readonly string[], io: Io): Promise<string | Back> {
  const rows = targetRows(project, recent);
  const usual = targetSetting(project, {}).value?.trim();
  const initial = [recent[0], usual].find((target) => rows.some(({ value }) => value === target));
  return chooseRow(
    { message: 'Target, or an address', rows, initial, typedRow: (typed) => typedTarget(typed, rows) },
    io,
  );
}

/** The targets that can be chosen without typing an address. */
function targetRows(project: Project, recent: readonly string[]): Row<string>[] {
  const configured = Object.keys(project.config.targets ?? {}).filter((name) => name !== demoTarget);
  const usual = targetSetting(project, {}).value?.trim();
  const isKnown = (target: string) => target === demoTarget || configured.includes(target) || !addressProblem(target);
  const names = [...recent, ...configured, ...(usual ? [usual] : []), demoTarget].filter(isKnown);
  return [...new Set(names)].map((name) => {
    const where = name === demoTarget ? 'the built-in receiver' : formatAddress(project, name);
    const marks = [name === recent[0] && 'last used', name === usual && name !== demoTarget && 'default'].filter(
      Boolean,
    );
    const note = [where, marks.length > 0 && `(${marks.join(', ')})`].filter(Boolean).join(' ');
    return { value: name, name, note, text: `${where} built-in`, isPreferred: recent.includes(name) };
  });
}

function typedTarget(typed: string, rows: readonly Row<string>[]): TypedRow<string> | null {
  if (rows.some(({ value }) => value === typed)) return null;
  const problem = addressProblem(typed);
  const row = { value: typed, name: typed, text: '', note: '(this address)' };
  const isFirst = addressMark.test(typed);
  if (problem === null) return { row, isFirst };
  return isFirst ? { row: { ...row, note: '(not an address yet)' }, isFirst: false, problem } : null;
}

function formatAddress({ config }: Project, name: string): string {
  const url = targetConfig(config, name)?.url;
  if (url === undefined) return '';
  try {
    return shownAddress(url, readAddress(url, name)({ provider: 'provider', event: 'event' }));
  } catch {
    return '';
  }
}

/** Returns the fault of an address; null where there is none. */
function addressProblem(text: string): string | null {
  try {
    const { username, password } = new URL(readAddress(text, 'The address')({ provider: 'provider', event: 'event' }));
    return username + password === '' ? null : 'Name and password belong in the config, not in a command.';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** The latest choice in a project; names and addresses only. */
interface Remembered {
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

/** Returns the choices in a project, the latest first. */
async function loadSelections(project: string, io: Io): Promise<Remembered[]> {
  return (await readAll(io)).filter((each) => each.project === project);
}

/** Remembers a choice. Ignores a home that is missing or read-only. */
async function saveSelection(choice: Remembered, io: Io): Promise<void> {
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

/** The picker: from nothing to a delivery by choosing. Resolves with the exit code. */
export async function runPicker(io: Io): Promise<number> {
  try {
    return await pickFrom(io);
  } catch (error) {
    if (error instanceof PromptCancelled) return exitCodes.sigint;
    throw error;
  }
}

async function pickFrom(io: Io): Promise<number> {
  const project = await loadProject({}, io);
  for (const { error } of project.broken) io.stderr.write(`${printable(error.message)}\n`);
  const providers = allProviders(project);
  for (;;) {
    const recent = await loadSelections(project.folder, io);
    const delivery = await askDelivery({ providers, recent, withVariants: true }, io);
    if (delivery === back) return exitCodes.ok;
    const { provider, event, variant } = delivery;
    const targets = recent.map(({ target }) => target);
    for (;;) {
      const target = await askTarget(project, targets, io);
      if (target === back) break;
      targets.unshift(target);
      await saveSelection({ project: project.folder, provider: provider.name, event, variant, target }, io);
      const choice = newChoice({ provider: findProvider(provider.name, project), event, variant }, target);
      const next = await runMenu(choice, project, io);
      if (typeof next === 'number') return next;
      if (next === 'another') break;
    }
  }
}
