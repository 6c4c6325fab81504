import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../core/errors.js';
import { parseBody } from '../json/dialect.js';
import { JsonSyntaxError } from '../json/parse.js';
import { type Json, toJson } from '../json/value.js';
import { assertOneSampleFile, findSampleFile, readSampleFile } from './readSampleFile.js';
import { checkSampleName, type SampleName, sampleKey, sampleStem } from './sampleName.js';
import { storedSample } from './stored.js';

/** Reads a sample of a provider. Throws a UsageError for an event or variant that does not exist, or a sample that is missing or broken. */
export async function loadSample(name: SampleName): Promise<Json> {
  checkSampleName(name);
  const stored = await storedSample(name);
  if (stored) return parseBody(stored.payload.bytes, name.provider.dialect);
  const { samples } = name.provider;
  if (typeof samples === 'string') return readOwn(samples, name);
  if (samples !== undefined) return sampleAmong(samples, name);
  throw new Error(`The sample of ${name.provider.name} ${name.event} is missing. Install webhook-sim again.`);
}

function sampleAmong(samples: object, name: SampleName): Json {
  const key = sampleKey(name);
  if (Object.hasOwn(samples, key)) return toJson((samples as Record<string, unknown>)[key]);
  throw new UsageError(
    'NO_PAYLOAD',
    `There is no sample of ${name.provider.name} ${key}. Give one in its description, samples: { ${JSON.stringify(key)}: { … } }, or a payload for this delivery.`,
  );
}

function readOwn(folder: string, name: SampleName): Json {
  const stem = sampleStem(name);
  assertOneSampleFile(folder, stem);
  const file = findSampleFile(folder, stem);
  const path = join(folder, file);
  try {
    return readSampleFile(folder, file, name.provider.dialect);
  } catch (cause) {
    if (cause instanceof UsageError) throw new UsageError(cause.code, `${path}: ${cause.message}`, { cause });
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new UsageError(
        'NO_PAYLOAD',
        `There is no sample of ${name.provider.name} ${name.event}. ${adviceOnMissing(folder, file)}`,
      );
    }
    throw new UsageError('BAD_PAYLOAD', `${path}${describeBrokenSample(cause)}`, { cause });
  }
}

function adviceOnMissing(folder: string, file: string): string {
  const old = join(dirname(folder), 'payloads');
  return existsSync(join(old, file))
    ? `Samples were in ${old} once; rename that folder to ${basename(folder)}.`
    : `Write one into ${join(folder, file)}`;
}

function describeBrokenSample(cause: unknown): string {
  if (cause instanceof JsonSyntaxError) return `:${cause.line}:${cause.column}: is not JSON: ${cause.message}.`;
  if (cause instanceof TypeError) return ': is not UTF-8.';
  return `: can't be read (${(cause as NodeJS.ErrnoException).code}).`;
}
