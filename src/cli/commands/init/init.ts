import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Draft, draftConfig, draftFormats } from '../../../authoring/scaffold/draft.js';
import { readAddress } from '../../../config/address.js';
import { configsIn } from '../../../config/find.js';
import { UsageError } from '../../../core/errors.js';
import { unknownName } from '../../../core/nearest.js';
import { exampleUrl } from '../../../core/target.js';
import { type InitValues, initOptions } from '../../../options/project.js';
import { findProvider } from '../../../providers/findProvider.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';

const usual: Draft = { format: 'yaml', target: exampleUrl, providers: [] };

/** Runs `init`; resolves with the exit code. */
export async function runInit(typed: RawFlags, io: Io): Promise<number> {
  const flags = plainOptions(initOptions, typed);
  const given = readInitOptions(flags);
  if (given.format !== undefined) assertNoOverwrite(given.format, flags, io);
  let draft: Draft = { ...usual, ...given };
  if (io.stdinIsTTY && io.stdout.isTTY) {
    const { askForDraft } = await import('./askForDraft.js');
    draft = await askForDraft(given, usual);
  }
  const path = assertNoOverwrite(draft.format, flags, io);
  write(path, draftConfig(draft), flags);
  io.stdout.write(`${basename(path)}\n`);
  io.stderr.write('See what is in force with: webhook-sim config\n');
  return exitCodes.ok;
}

/** Reads the flags into a draft. Throws a UsageError for the first that is wrong. */
function readInitOptions({ format, target, provider }: InitValues): Partial<Draft> {
  const known = draftFormats.find((name) => name === format);
  if (format !== undefined && !known) {
    throw unknownName('BAD_FORMAT', `--format: there is no format ${format}.`, {
      name: format,
      known: draftFormats,
      facts: { option: '--format' },
    });
  }
  if (target !== undefined) readAddress(target, '--target');
  for (const name of provider ?? []) findProvider(name);
  return {
    ...(known && { format: known }),
    ...(target !== undefined && { target }),
    ...(provider && { providers: [...new Set(provider)] }),
  };
}

/** The path of the new config. Throws a UsageError where one is there already, also of another kind: two would be an error. */
function assertNoOverwrite(format: Draft['format'], { force }: InitValues, io: Io): string {
  const path = join(io.cwd, `webhook-sim.config.${format}`);
  for (const other of configsIn(io.cwd)) {
    if (other === path && force) continue;
    const way = other === path ? 'Overwrite it with --force.' : 'A folder has one config only: remove that one first.';
    throw new UsageError('CONFIG_EXISTS', `${basename(other)} is there already. ${way}`);
  }
  return path;
}

function write(path: string, text: string, { force }: InitValues): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    throw new UsageError('CANT_WRITE', `${path} can't be written (${(cause as NodeJS.ErrnoException).code}).`, {
      cause,
    });
  }
}
