import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleCli, bundledCli } from '../support/process.js';

const docs = join(import.meta.dirname, '../../docs');

it('docs/catalogue.md is what the descriptions say (npm run docs:catalogue writes it)', async () => {
  await bundleCli();
  const { cataloguePage } = await import(join(docs, 'catalogue.js'));
  expect(readFileSync(join(docs, 'catalogue.md'), 'utf8')).toBe(
    await cataloguePage(join(dirname(bundledCli), 'index.js')),
  );
});
