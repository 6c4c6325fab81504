import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBody } from '../json/dialect.js';
import { parseJson } from '../json/parse.js';
import type { Json } from '../json/value.js';
import { payloadFolder } from './locate.js';
import { checkSampleName, type SampleName, sampleFile } from './sampleName.js';
import { storedSample } from './stored.js';

/** Reads a sample that ships with the package. Throws a UsageError for an event or variant that does not exist. */
export async function loadSample(name: SampleName): Promise<Json> {
  checkSampleName(name);
  const stored = storedSample(name);
  if (stored) return readBody(stored.payload.bytes, name.provider.dialect);
  return parseJson(readFileSync(join(payloadFolder(), name.provider.name, sampleFile(name)), 'utf8'));
}
