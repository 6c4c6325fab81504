/** Makes the samples of a provider from a vendor's TypeScript declarations, an OpenAPI document or JSON Schemas: `npm run samples -- <provider>`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { imported } from '../bundle.js';

const usage = `Usage: npm run samples -- <provider> [--types <package or .d.ts> --type <Type>... | --spec <openapi.yaml or folder>] [--force]

Writes payloads/<provider>/events and resources, as payloads/<provider>/samples.yaml says.`;
const root = join(import.meta.dirname, '../..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    types: { type: 'string' },
    type: { type: 'string', multiple: true },
    spec: { type: 'string' },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
const [name, ...more] = positionals;
if (values.help || name === undefined || more.length > 0) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
const { types, type, spec, force } = values;
const { makeProviderSamples } = await imported("export * from './makeProviderSamples.ts';", 'build/samples');
try {
  const lines = await makeProviderSamples({
    folder: join(root, 'payloads', name),
    packages: join(root, 'test/official'),
    compiler: ts,
    ...{ types, type, spec },
    isForced: force,
  });
  console.log(lines.join('\n'));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
