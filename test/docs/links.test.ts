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

/** Returns GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

it.each(files)('names only paths and headings that exist: %s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const links = [...text.matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)].map(([, path, anchor]) => ({
    path: path === '' ? file : join(dirname(file), path!),
    anchor,
  }));
  const paths = [...text.matchAll(/`((?:docs|examples|src|test)\/[\w./-]+)`/g)].map((match) => match[1]!);
  expect([...links.map(({ path }) => path), ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const lost = links.filter(({ path, anchor }) => {
    if (anchor === undefined) return false;
    const headings = [...readFileSync(join(root, path), 'utf8').matchAll(/^#+ (.*)$/gm)];
    return !headings.some(([, heading]) => anchorOf(heading!) === anchor);
  });
  expect(lost).toEqual([]);
});

it('finds links, also to headings', () => {
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  expect(texts.match(/\]\([\w./-]+\)/g)!.length).toBeGreaterThan(50);
  expect(texts.match(/\]\([\w./-]+#[\w-]+\)/g)!.length).toBeGreaterThan(4);
});
