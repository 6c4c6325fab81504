import { UsageError } from '../../../core/errors.js';
import type { Forgery } from '../../../core/forgery.js';
import { demoTarget } from '../../../core/target.js';
import { unknownName } from '../../../core/unknownName.js';
import { type ExportFormat, exportFormats } from '../../../export/exported.js';
import { findForgery } from '../../../forge/findForgery.js';
import type { ExportFlags } from './flags.js';

/** The flags of `export` that no other command has, read and checked. */
export interface ExportSettings {
  readonly format: ExportFormat;
  /** Null for stdout. */
  readonly out: string | null;
  /** All of them, or those that are named. */
  readonly forgeries: 'all' | readonly Forgery[];
}

/** Reads the flags. Throws a UsageError for the first that is wrong. */
export function readExportFlags(flags: ExportFlags, events: readonly string[]): ExportSettings {
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (flags.forge && flags.forgeries) throw conflict('--forgeries adds all, so --forge names none beside it.');
  if (flags.variant !== undefined && flags.allVariants)
    throw conflict('--variant is one form of the payload, --all-variants are all of them. Give one of the two.');
  if ((flags.data ?? flags.raw) !== undefined) {
    if (flags.allVariants) throw conflict('--data and --raw are a body of your own, which has no variants.');
    if (events.length === 0) throw new UsageError('NO_EVENT', '--data and --raw are the body of an event. Name it.');
  }
  const out = flags.out === undefined || flags.out === '-' ? null : flags.out;
  if (out === '') throw new UsageError('BAD_OUT', '--out is empty. Name a file or a folder.');
  if (out === null && flags.json) throw conflict('--json tells what was written to files. Add --out.');
  if (out === null && flags.force) throw conflict('--force writes over files. Add --out.');
  if (flags.to?.trim() === demoTarget)
    throw new UsageError('BAD_TARGET', '--to demo: the built-in receiver has no address of its own. Give --to one.');
  return { format: readFormat(flags.format), out, forgeries: flags.forgeries ? 'all' : forgeriesOf(flags.forge) };
}

function readFormat(name: string = exportFormats[0]): ExportFormat {
  const format = exportFormats.find((known) => known === name);
  if (format) return format;
  throw unknownName('BAD_FORMAT', `--format: there is no format ${name}.`, {
    name,
    known: exportFormats,
    facts: { option: '--format' },
  });
}

function forgeriesOf(names: readonly string[] = []): Forgery[] {
  return [...new Set(names)].map(findForgery);
}
