import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../src/core/provider.js';
import { readYaml } from '../../src/documents/readYaml.js';
import type { Json } from '../../src/json/value.js';
import { findSampleFile, readSampleFile } from '../../src/payloads/readSampleFile.js';
import { sampleStem } from '../../src/payloads/sampleName.js';
import { findShipped } from '../../src/providers/catalogue.js';

/** The folder of the providers that ship. */
export const examplesFolder = join(import.meta.dirname, '../../payloads');

/** The names of all providers that ship. */
export const catalogueNames = readdirSync(examplesFolder).sort();

/** Twenty of them whose schemes cover the field; together with the five that each test knows they serve tests that try every scheme. */
export const exampleNames = [
  'adyen',
  'aws-sns',
  'chargebee',
  'discord',
  'github',
  'gitlab',
  'hubspot',
  'line',
  'linear',
  'mailgun',
  'paddle',
  'plaid',
  'razorpay',
  'sendgrid',
  'shopify',
  'slack',
  'square',
  'standard-webhooks',
  'stripe',
  'twilio',
];

/** A description as its file has it. */
export function exampleFile(name: string): unknown {
  return readYaml(readFileSync(join(examplesFolder, name, 'provider.yaml'), 'utf8'), name).data;
}

/** A provider as it is loaded. */
export function exampleProvider(name: string): Provider {
  return findShipped(name)!;
}

/** The sample of an event, or of a variant of it. */
export function exampleSample({ name, dialect }: Provider, event: string, variant: string | null = null): Json {
  const folder = join(examplesFolder, name, 'events');
  return readSampleFile(folder, findSampleFile(folder, sampleStem({ event, variant })), dialect);
}

/** The sample files that a provider has. */
export function examplePayloads(name: string): string[] {
  const files = readdirSync(join(examplesFolder, name, 'events'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.json')).sort();
}
