import { join } from 'node:path';
import { reportSetting } from '../../../config/settings.js';
import { UsageError } from '../../../core/errors.js';
import { printable } from '../../../core/printable.js';
import { senderProof } from '../../../core/senderProof.js';
import type { ExportSet } from '../../../export/exported.js';
import { exportOptions } from '../../../options/export.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { asLine } from '../../../report/shared/jsonLines.js';
import { type ExportedFile, exportFiles } from '../../../session/export/exportFiles.js';
import type { LeftOut } from '../../../session/export/gather.js';
import { prepareExport, type ReadyExport } from '../../../session/export/prepareExport.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { isFolder, type OutputFile, writeFiles } from './output.js';

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
    const text = decodeText(files, ready);
    if (!quiet) io.stderr.write(talk(ready));
    io.stdout.write(text);
    return exitCodes.ok;
  }
  const placed = placedFiles(files, ready.out, ready, io);
  const { holdsSecrets: isPrivate, format } = ready;
  writeFiles(placed, { force: options.force === true, isPrivate, isScript: format === 'curl' }, io);
  if (!quiet) io.stderr.write(talk(ready));
  io.stdout.write(
    options.json ? `${asLine(exportDocument(ready, placed))}\n` : placed.map(({ path }) => `${path}\n`).join(''),
  );
  return exitCodes.ok;
}

/** The text for stdout. Throws a UsageError for several files, and for one that is no text. */
function decodeText(files: readonly ExportedFile[], { format }: ReadyExport): string {
  const [only] = files;
  const text = Buffer.from(only!.bytes).toString('utf8');
  if (files.length === 1 && Buffer.from(text).equals(only!.bytes)) return text;
  const why = files.length > 1 ? `${files.length} requests are as many files` : 'the request is not all text';
  throw new UsageError('NO_OUT', `--format ${format}: ${why}. Name a folder for them with --out.`);
}

/** Returns the files with their paths: raw HTTP always goes into a folder. */
function placedFiles(files: readonly ExportedFile[], out: string, { format }: ReadyExport, io: Io): OutputFile[] {
  const isInFolder = format === 'raw' || isFolder(out, io);
  return files.map(({ name, bytes }) => ({ path: isInFolder ? join(out, name) : out, bytes }));
}

/** The parts of an export that its status shows. */
type ExportStatus = Pick<ReadyExport, 'set' | 'format' | 'leftOut' | 'holdsSecrets' | 'warnings'>;

/** The talk on stderr. */
function talk({ set, leftOut, holdsSecrets, warnings }: ExportStatus): string {
  const forged = countForged(set);
  const honest = set.deliveries.length - forged;
  const what = forged > 0 ? `${counted(honest)} and ${forged} forged` : counted(honest);
  return [
    ...warnings,
    ...leftOutLines(leftOut),
    `${what} of ${set.provider.title}, ${describeSigning(set)}. Nothing was sent.`,
    ...(holdsSecrets ? ['They hold secrets: keep them to yourself.'] : []),
    '',
  ].join('\n');
}

function describeSigning({ secret, provider }: ExportSet): string {
  const proof = senderProof(provider);
  if (proof === 'nothing') return `unsigned, as ${provider.title} sends it`;
  return `${proof === 'signature' ? 'signed ' : ''}with ${describeSecretInUse({ secret, provider })}`;
}

function describeSecretInUse({ secret, provider }: Pick<ExportSet, 'secret' | 'provider'>): string {
  const variable = provider.secret.env[0];
  return secret.source === 'sample'
    ? `the sample secret "${provider.secret.sample}" (give yours with --secret${variable === undefined ? '' : ` or ${variable}`})`
    : `the secret of ${secret.source} (fingerprint ${secret.fingerprint})`;
}

/** A line for each reason, with the forgeries that it is for, and the events of those that others have. */
function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const reasons = new Map<string, Map<string, string[]>>();
  for (const { forge, event, reason } of leftOut) {
    const forges = reasons.get(reason) ?? new Map<string, string[]>();
    forges.set(forge, [...(forges.get(forge) ?? []), ...(event === null ? [] : [printable(event)])]);
    reasons.set(reason, forges);
  }
  return [...reasons].map(([reason, forges]) => {
    const names = [...forges].map(([forge, events]) =>
      events.length > 0 ? `${forge} of ${events.join(', ')}` : forge,
    );
    return `Left out ${names.join(', ')}: ${printable(reason)}.`;
  });
}

/** Builds the document of `export --json`. */
export function exportDocument({ set, format, leftOut, holdsSecrets }: ExportStatus, files: readonly OutputFile[]) {
  return {
    schemaVersion: 1,
    type: 'export',
    provider: set.provider.name,
    format,
    deliveries: set.deliveries.length,
    forgeries: countForged(set),
    holdsSecrets,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length })),
    leftOut,
  } as const;
}

function countForged({ deliveries }: ExportSet): number {
  return deliveries.filter(({ delivery }) => delivery.forge !== null).length;
}

function counted(count: number): string {
  return count === 1 ? '1 delivery' : `${count} deliveries`;
}
