import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli } from '../support/process.js';
import { fiveProviders } from '../support/providers.js';
import { describeExample, examplesFolder } from './describeExample.js';
import { languageExamples, vendorExamples } from './examples.js';

beforeAll(bundleCli);

for (const example of languageExamples) describeExample(example);

describe('the examples', () => {
  it('cover five different providers', () => {
    expect(new Set(languageExamples.flatMap(({ providers }) => providers))).toEqual(
      new Set(fiveProviders.map(({ name }) => name)),
    );
  });

  it('are all run here', () => {
    const withSuite = readdirSync(examplesFolder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.webhooks.yaml') && !name.includes('node_modules'))
      .map((name) => name.split('/')[0]);
    expect(new Set(withSuite)).toEqual(new Set([...languageExamples, ...vendorExamples].map(({ name }) => name)));
  });

  it('are all in the table', () => {
    const folders = readdirSync(examplesFolder, { withFileTypes: true }).filter((each) => each.isDirectory());
    const table = readFileSync(join(examplesFolder, 'README.md'), 'utf8');
    expect(folders.map(({ name }) => name).filter((name) => !table.includes(`| [\`${name}\`](${name}/`))).toEqual([]);
  });

  const read = (path: string) => JSON.parse(readFileSync(join(examplesFolder, path), 'utf8'));
  it.each(vendorExamples.filter(({ packages }) => packages))(
    'are tested with the versions that $name names',
    (example) => {
      const { dependencies } = read(`${example.name}/package.json`);
      const tested = read(`../test/${example.packages}/package.json`).dependencies;
      expect(tested).toMatchObject(dependencies);
    },
  );
});
