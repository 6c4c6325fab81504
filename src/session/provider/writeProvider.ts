import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import {
  type DraftFile,
  draftProvider,
  type ProviderDraft,
  type ProviderFormat,
} from '../../authoring/scaffold/providerDraft.js';
import { configEndings } from '../../config/find.js';
import { sampleFilesIn } from '../../config/ownSamples.js';
import { judgeDocument } from '../../config/validate.js';
import { UsageError } from '../../core/errors.js';
import { printable, shownPath } from '../../core/printable.js';
import type { World } from '../../core/world.js';
import { commandLine } from '../../export/commandLine.js';
import type { ProviderNewValues } from '../../options/project.js';
import { escapeDevice } from '../../payloads/sampleName.js';
import { type ConfigPlace, changedConfig } from './findPlace.js';
import { writeAllOrNone } from './writeAllOrNone.js';

/** The most earlier files that are listed. */
const maxListed = 20;

/** The files written for a new provider, and notes. */
export interface WrittenProvider {
  /** The description, where it is only shown; else the files that were written, a line each. */
  readonly text: string;
  /** Next steps for the user. */
  readonly notes: readonly string[];
}

/** Writes a provider into its folder and names it in the config. Throws a UsageError before anything is written. */
export async function writeProvider(
  draft: Omit<ProviderDraft, 'schema'>,
  place: ConfigPlace,
  options: ProviderNewValues,
  io: World,
): Promise<WrittenProvider> {
  const { name } = draft.description;
  await assertValidDescription(draft.description);
  const folder = folderOf(name, draft.format, place, options, io);
  const schema = 'node_modules/webhook-sim/dist/webhook-sim.provider.schema.json';
  const path = relative(folder, join(place.folder, schema)).replaceAll('\\', '/');
  const drafted = await draftProvider({ ...draft, schema: path });
  if (options.dryRun) return { text: drafted[0]!.text, notes: [] };
  const files = drafted.map((file) => ({ path: join(folder, file.path), text: file.text }));
  assertNoLoss(files, options, io);
  const config = await changedConfig(place, folder, name);
  const all = [...files, ...(config.text === null ? [] : [{ path: config.path, text: config.text }])];
  writeAllOrNone(all, io);
  const [event = ''] = Object.keys(draft.samples);
  return {
    text: all.map(({ path }) => `${printable(shownPath(path, io.cwd))}\n`).join(''),
    notes: [
      ...leftoverLines(folder, files, io),
      ...(config.toAdd === null ? [] : [`Name it in ${shownPath(config.path, io.cwd)}: ${config.toAdd}`]),
      'Next:',
      `  webhook-sim provider test ${name}`,
      `  webhook-sim send ${name} ${printable(commandLine([event], io))} --to demo`,
      'Another event: add its name to events, and add a sample of it next to the others.',
    ],
  };
}

/** The folder of a new provider. Throws a UsageError where something is there already. */
export function folderOf(
  name: string,
  format: ProviderDraft['format'],
  place: ConfigPlace,
  options: ProviderNewValues,
  io: World,
): string {
  const { dir, dryRun } = options;
  const folder = dir === undefined ? join(place.providers, escapeDevice(name)) : resolve(io.cwd, dir);
  const other = place.named.get(name);
  if (other !== undefined && dirname(resolve(io.cwd, other)) !== folder) {
    throw new UsageError('PROVIDER_EXISTS', `${name} is the name of the provider of ${other}. Take another.`);
  }
  if (!dryRun) assertNoOverwrite(folder, format, options, io);
  return folder;
}

/** Throws a UsageError for an invalid description, such as a template with an unknown placeholder. */
async function assertValidDescription(description: unknown): Promise<void> {
  const { descriptionSchema } = await import('../../providers/schema.js');
  const result = await judgeDocument(descriptionSchema, { data: description, locate: async () => null });
  if ('data' in result) return;
  throw new UsageError('BAD_DRAFT', result.complaints.map(({ message }) => printable(message)).join('\n'));
}

/** Throws a UsageError where a description is there already, also of another kind: two would be an error. */
function assertNoOverwrite(folder: string, format: ProviderFormat, { force, nameOf }: ProviderNewValues, io: World) {
  for (const ending of configEndings) {
    const path = join(folder, `provider.${ending}`);
    if (!existsSync(path) || (ending === format && force)) continue;
    const way =
      ending === format
        ? `Overwrite it with ${nameOf('force')}.`
        : 'A folder has one description only: remove that one first.';
    throw new UsageError('PROVIDER_EXISTS', `${shownPath(path, io.cwd)} is there already. ${way}`);
  }
}

/** Throws a UsageError for a file that is there already, unless it may be written over. */
function assertNoLoss(files: readonly DraftFile[], { force, nameOf }: ProviderNewValues, io: World): void {
  const lost = force ? undefined : files.find(({ path }) => existsSync(path));
  if (!lost) return;
  throw new UsageError(
    'PROVIDER_EXISTS',
    `${shownPath(lost.path, io.cwd)} is there already. Overwrite it with ${nameOf('force')}.`,
  );
}

/** The samples and other files from before that do not belong to the description that was written. */
function leftoverLines(folder: string, files: readonly DraftFile[], io: World): string[] {
  const written = new Set(files.map(({ path }) => path));
  const samples = sampleFilesIn(join(folder, 'events')).map((file) => join('events', file));
  const left = [...samples, 'flows.yaml', 'vectors.json']
    .map((file) => join(folder, file))
    .filter((path) => existsSync(path) && !written.has(path));
  if (left.length === 0) return [];
  const more = left.length > maxListed ? [`  and ${left.length - maxListed} more`] : [];
  const listed = left.slice(0, maxListed).map((path) => `  ${printable(shownPath(path, io.cwd))}`);
  return ['There from before, and not of this run (remove what does not belong to the provider):', ...listed, ...more];
}
