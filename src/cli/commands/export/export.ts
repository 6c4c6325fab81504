import { join } from 'node:path';
import { reportSetting } from '../../../config/settings.js';
import { UsageError } from '../../../core/errors.js';
import { exportOptions } from '../../../options/export.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { type ExportedFile, exportFiles } from '../../../session/export/exportFiles.js';
import { prepareExport, type ReadyExport } from '../../../session/export/prepareExport.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { isFolder, type OutputFile, writeFiles } from './output.js';
import { summary, talk } from './told.js';

/** Runs `export`; resolves with the exit code. */
export async function runExport(
  providerName: string,
  events: readonly string[],
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const options = readOptions(exportOptions, flags, flagName);
  const project = await loadProject(options, io);
  const provider = findProvider(providerName, project);
  const quiet = reportSetting(project, options, 'quiet').value;
  const ready = await prepareExport({ provider, events, project }, options, io);
  const files = await exportFiles(ready);
  if (ready.out === null) {
    const text = textOf(files, ready);
    if (!quiet) io.stderr.write(talk(ready));
    io.stdout.write(text);
    return exitCodes.ok;
  }
  const placed = placedFiles(files, ready.out, ready, io);
  const { holdsSecrets: isPrivate, format } = ready;
  writeFiles(placed, { force: options.force === true, isPrivate, isScript: format === 'curl' }, io);
  if (!quiet) io.stderr.write(talk(ready));
  io.stdout.write(options.json ? summary(ready, placed) : placed.map(({ path }) => `${path}\n`).join(''));
  return exitCodes.ok;
}

/** The text for stdout. Throws a UsageError for several files, and for one that is no text. */
function textOf(files: readonly ExportedFile[], { format }: ReadyExport): string {
  const [only] = files;
  const text = Buffer.from(only!.bytes).toString('utf8');
  if (files.length === 1 && Buffer.from(text).equals(only!.bytes)) return text;
  const why = files.length > 1 ? `${files.length} requests are as many files` : 'the request is not all text';
  throw new UsageError('NO_OUT', `--format ${format}: ${why}. Name a folder for them with --out.`);
}

/** Where the files are written: raw HTTP always into a folder. */
function placedFiles(files: readonly ExportedFile[], out: string, { format }: ReadyExport, io: Io): OutputFile[] {
  const isInFolder = format === 'raw' || isFolder(out, io);
  return files.map(({ name, bytes }) => ({ path: isInFolder ? join(out, name) : out, bytes }));
}
