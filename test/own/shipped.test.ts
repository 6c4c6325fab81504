import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { examplesFolder } from '../support/exampleProviders.js';

it('provider test finds nothing wrong with any provider that ships', async () => {
  const { json, exitCode } = await cli(['provider', 'test', examplesFolder, '--json']);
  expect(json.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(json.at(-1)).toMatchObject({
    type: 'provider-test-summary',
    providers: readdirSync(examplesFolder).length,
    ok: true,
  });
  expect(exitCode).toBe(0);
});
