import { dirname, join, relative, resolve } from 'node:path';
import { draftProvider, type ProviderDraft } from '../../../authoring/scaffold/providerDraft.js';
import { judgeDocument } from '../../../config/validate.js';
import { UsageError } from '../../../core/errors.js';
import { printable } from '../../../core/printable.js';
import { shownPath } from '../../../core/shownPath.js';
import type { ProviderNewValues } from '../../../options/project.js';
import type { Io } from '../../io/io.js';
import { type ConfigPlace, changedConfig } from './newPlace.js';
import { assertNoLoss, assertNoOverwrite, writeProviderFiles } from './writeProviderFiles.js';

/** Writes a provider into its folder, names it in the config and says what to do next. Throws a UsageError before anything is written. */
export async function writeProvider(
  draft: Omit<ProviderDraft, 'schema'>,
  place: ConfigPlace,
  flags: ProviderNewValues,
  io: Io,
): Promise<void> {
  const { name } = draft.description;
  await refuseMisfits(draft.description);
  const folder = folderOf(name, draft.format, place, flags, io);
  const schema = 'node_modules/webhook-sim/dist/webhook-sim.provider.schema.json';
  const path = relative(folder, join(place.folder, schema)).replaceAll('\\', '/');
  const drafted = await draftProvider({ ...draft, schema: path });
  if (flags.dryRun) {
    io.stdout.write(drafted[0]!.text);
    return;
  }
  const files = drafted.map((file) => ({ path: join(folder, file.path), text: file.text }));
  assertNoLoss(files, flags.force === true, io);
  const config = await changedConfig(place, folder, name);
  writeProviderFiles([...files, ...(config.text === null ? [] : [{ path: config.path, text: config.text }])], io);
  if (config.toAdd !== null) io.stderr.write(`Name it in ${shownPath(config.path, io.cwd)}: ${config.toAdd}\n`);
  const [event = ''] = Object.keys(draft.samples);
  io.stderr.write(
    `Next:\n  webhook-sim provider test ${name}\n  webhook-sim send ${name} ${quoted(event)} --to demo\nAnother event: add its name to events, and add a sample of it next to the others.\n`,
  );
}

/** The folder of a new provider. Throws a UsageError where something is there already. */
export function folderOf(
  name: string,
  format: ProviderDraft['format'],
  place: ConfigPlace,
  { dir, force, dryRun }: ProviderNewValues,
  io: Io,
): string {
  const folder = dir === undefined ? join(place.providers, name) : resolve(io.cwd, dir);
  const other = place.named.get(name);
  if (other !== undefined && dirname(resolve(io.cwd, other)) !== folder) {
    throw new UsageError('PROVIDER_EXISTS', `${name} is the name of the provider of ${other}. Take another.`);
  }
  if (!dryRun) assertNoOverwrite(folder, format, force === true, io);
  return folder;
}

/** Throws a UsageError for what fits no description, such as a template that names what is not there. */
async function refuseMisfits(description: unknown): Promise<void> {
  const { descriptionSchema } = await import('../../../providers/schema.js');
  const result = await judgeDocument(descriptionSchema, { data: description, locate: async () => null });
  if ('data' in result) return;
  throw new UsageError('BAD_DRAFT', result.complaints.map(({ message }) => printable(message)).join('\n'));
}

function quoted(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
