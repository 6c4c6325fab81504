import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const docs = join(import.meta.dirname, '../../docs');

it('docs/api.md is what the types say (npm run docs:api writes it)', async () => {
  const { apiReference } = await import(join(docs, 'api.js'));
  expect(readFileSync(join(docs, 'api.md'), 'utf8')).toBe(apiReference());
});

it('docs/output.schema.json is what the types say (npm run docs:output writes it)', async () => {
  const { outputSchemaText } = await import(join(docs, 'outputSchema.js'));
  expect(readFileSync(join(docs, 'output.schema.json'), 'utf8')).toBe(await outputSchemaText());
});

it('every exported name has a sentence that says what it is', () => {
  const text = readFileSync(join(docs, 'api.md'), 'utf8');
  const entries = [...text.matchAll(/^### (\w+)\n\n(.*)\n/gm)];
  expect(entries.length).toBeGreaterThan(80);
  expect(entries.filter(([, , words]) => !/^[A-Z`].*[.)]$/.test(words!)).map(([, name]) => name)).toEqual([]);
});
