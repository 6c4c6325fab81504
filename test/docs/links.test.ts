import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = ['docs', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name)),
);

it('finds the documents', () => {
  expect(files).toEqual(expect.arrayContaining(['docs/ci.md', 'docs/suites.md', 'examples/express/README.md']));
});

it.each(files)('names only paths that exist: %s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const links = [...text.matchAll(/\]\(([\w./-]+)\)/g)].map((match) => join(dirname(file), match[1]!));
  const paths = [...text.matchAll(/`((?:docs|examples|src|test)\/[\w./-]+)`/g)].map((match) => match[1]!);
  expect(links.length).toBeGreaterThan(0);
  expect([...links, ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
