import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { examplesFolder } from '../support/exampleProviders.js';

const root = join(import.meta.dirname, '../..');

/** Two providers in a folder, and what a build says of it, which remembers what it saw. */
function makeCatalogue() {
  const place = mkdtempSync(join(tmpdir(), 'webhook-sim-contracts-'));
  onTestFinished(() => rmSync(place, { recursive: true }));
  const folder = join(place, 'payloads');
  for (const name of ['covver', 'webconnex']) {
    cpSync(join(examplesFolder, name), join(folder, name), { recursive: true });
  }
  const script = `import { assertContracts } from './build/contracts.js';
const options = JSON.parse(process.argv[1]);
await assertContracts(options).then(() => console.log('met'), (error) => console.log(error.message));`;
  const build = async (isFirst = false) => {
    const options = JSON.stringify({ isFirst, folder, cache: place });
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, options], {
      cwd: root,
    });
    return stdout;
  };
  return { folder, build };
}

it('a build holds the providers that changed to the contract, and names what is wrong with them', async () => {
  const { folder, build } = makeCatalogue();
  const vectors = join(folder, 'covver/vectors.json');
  const good = readFileSync(vectors, 'utf8');
  writeFileSync(vectors, good.replace(/"secret": "/, '"secret": "not-'));
  // As after `npm ci`: what the clone has is not looked at.
  expect(await build(true)).toBe('met\n');
  expect(await build()).toBe('met\n');
  writeFileSync(vectors, `${readFileSync(vectors, 'utf8')}\n`);
  const broken = /covver\/vectors\.json:\d+ is not accepted/;
  expect(await build()).toMatch(broken);
  expect(await build(), 'as long as it is broken').toMatch(broken);
  writeFileSync(vectors, good);
  expect(await build()).toBe('met\n');
});
