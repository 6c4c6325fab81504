import { UsageError } from '../../core/errors.js';
import type { Forgery } from '../../core/forgery.js';
import { demoTarget } from '../../core/target.js';
import { type ExportFormat, exportFormats } from '../../export/exported.js';
import { findForgery } from '../../forge/findForgery.js';
import type { ExportValues } from '../../options/export.js';

/** The options that only an export has. */
export interface ExportSettings {
  readonly format: ExportFormat;
  /** Null for stdout. */
  readonly out: string | null;
  /** All of them, or those that are named. */
  readonly forgeries: 'all' | readonly Forgery[];
}

/** Fills in the defaults. Throws a UsageError for options that contradict each other. */
export function exportSettings(options: ExportValues, events: readonly string[]): ExportSettings {
  const { nameOf } = options;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (options.forge && options.forgeries) {
    throw conflict(`${nameOf('forgeries')} adds all, so ${nameOf('forge')} names no others.`);
  }
  if (options.variant !== undefined && options.allVariants)
    throw conflict(
      `${nameOf('variant')} is one form of the payload, ${nameOf('allVariants')} are all of them. Give one of the two.`,
    );
  if ((options.data ?? options.raw) !== undefined) {
    const bodies = `${nameOf('data')} and ${nameOf('raw')}`;
    if (options.allVariants) throw conflict(`${bodies} replace the body, so there are no variants.`);
    if (events.length === 0) throw new UsageError('NO_EVENT', `${bodies} are the body of an event. Name it.`);
  }
  const out = options.out === undefined || options.out === '-' ? null : options.out;
  if (out === '') throw new UsageError('BAD_OUT', `${nameOf('out')} is empty. Name a file or a folder.`);
  if (out === null && options.json) {
    throw conflict(`${nameOf('json')} reports the files that were written. Add ${nameOf('out')}.`);
  }
  if (out === null && options.force) throw conflict(`${nameOf('force')} writes over files. Add ${nameOf('out')}.`);
  if (options.to?.trim() === demoTarget)
    throw new UsageError(
      'BAD_TARGET',
      `${nameOf('to')} demo: the built-in receiver has no fixed address. Give ${nameOf('to')} one.`,
    );
  return {
    format: options.format ?? exportFormats[0],
    out,
    forgeries: options.forgeries ? 'all' : forgeriesOf(options.forge),
  };
}

function forgeriesOf(names: readonly string[] = []): Forgery[] {
  return [...new Set(names)].map(findForgery);
}
