import { UsageError } from '../core/errors.js';
import { captureOptions } from './capture.js';
import { connectionOptions } from './connection.js';
import { executionOptions } from './execution.js';
import { faultOptions } from './faults.js';
import type { OptionValues } from './option.js';
import { assertOutputOptions, outputOptions } from './output.js';
import { payloadOptions } from './payload.js';

/** The options of `send`. */
export const sendOptions = {
  ...payloadOptions,
  ...captureOptions,
  ...executionOptions,
  ...faultOptions,
  ...connectionOptions,
  ...outputOptions,
};

/** Option values of a send. */
export type SendValues = OptionValues<typeof sendOptions>;

/** Throws a UsageError for options that contradict each other. */
export function assertSendOptions(options: SendValues): void {
  const { nameOf } = options;
  const body = options.data ?? options.raw;
  const bodies = `${nameOf('data')} and ${nameOf('raw')} send a body as it is. Give one or the other.`;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if ((options.set ?? options.unset) !== undefined && options.raw !== undefined) {
    throw conflict(
      `${nameOf('set')} and ${nameOf('unset')} change fields, but ${nameOf('raw')} sends a body as it is. Give the file as ${nameOf('data')}.`,
    );
  }
  if (options.edit && body !== undefined) throw conflict(`${nameOf('edit')} opens the sample, but ${bodies}`);
  assertOneStdin([...(options.secret ?? []), options.data, options.raw, options.from]);
  assertCaptureOptions(options, conflict);
  assertOutputOptions(options);
  if (options.dialect !== undefined && body !== undefined) {
    throw conflict(`${nameOf('dialect')} writes the sample, but ${bodies}`);
  }
  if (options.data !== undefined && options.raw !== undefined) {
    throw conflict(`${nameOf('data')} and ${nameOf('raw')} are two bodies. Give one of them.`);
  }
  if (options.fresh !== undefined && options.exact) {
    throw conflict(`${nameOf('exact')} renews nothing, ${nameOf('fresh')} does. Give one of them.`);
  }
  assertRetryOptions(options);
}

function assertCaptureOptions(options: SendValues, conflict: (message: string) => UsageError): void {
  const { from, entry, exact, nameOf } = options;
  if (from === undefined) {
    if (entry === undefined) return;
    throw conflict(`${nameOf('entry')} chooses from a capture. Name it with ${nameOf('from')}.`);
  }
  const body = (['data', 'raw', 'all', 'variant'] as const).find((key) => options[key] !== undefined);
  if (body)
    throw conflict(`${nameOf('from')} sends a captured request, and ${nameOf(body)} something else. Give one of them.`);
  const change = (['set', 'unset', 'edit', 'dialect', 'forge'] as const).find((key) => options[key]);
  if (exact && change) {
    throw conflict(
      `${nameOf('exact')} sends the captured request unchanged, ${nameOf(change)} changes it. Give one of them.`,
    );
  }
}

/** Throws a UsageError where standard input is named more than once. */
export function assertOneStdin(places: readonly (string | undefined)[]): void {
  if (places.filter((place) => place === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input (-) can be read only once. Give the other one as a file.');
  }
}

function assertRetryOptions({ retry, schedule, speed, forge, nameOf }: SendValues): void {
  if (!retry && schedule === undefined) {
    if (speed === undefined) return;
    throw new UsageError(
      'CONFLICT',
      `${nameOf('speed')} is the pace of retries. Add ${nameOf('retry')}, or ${nameOf('schedule')} 5s,1m.`,
    );
  }
  if (forge === undefined) return;
  throw new UsageError(
    'CONFLICT',
    `${nameOf('retry')} is what a provider does, ${nameOf('forge')} what a forger does. Give one of them.`,
  );
}
