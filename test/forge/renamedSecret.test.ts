import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { exampleFile, examplesFolder } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';

const secret = 'CANARY-b81e44';

/** The visible forms of a token: plain, or in the header of a user name and password. */
const texts = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(3, -3)];

it.each([
  ['gitlab', 'X-Gitlab-Token-Old'],
  ['chargebee', 'Authorization-Old'],
])('a token is shown under no other name either: %s', async (name, header) => {
  const description = { ...(exampleFile(name) as object), samples: `${examplesFolder}/${name}/events` };
  const cwd = folderOf({
    'webhook-sim.config.yaml': `providers: [${name}]\n`,
    [`${name}/provider.json`]: JSON.stringify(description),
  });
  const { requests, url } = await captureServer();
  const argv = ['send', name, '--all', '--forge', 'wrong-header', '--secret', secret, '--to', url];
  for (const more of [['--curl'], ['--dry-run'], ['--dry-run', '--json'], ['--json', '-v'], ['-v']]) {
    const { stdout, stderr, exitCode } = await cli([...argv, ...more], { cwd });
    expect(exitCode, stderr).toBeLessThan(2);
    if (!more.includes('-v') || more.includes('--json')) expect(stdout).toContain(header);
    for (const text of texts) expect(stdout + stderr).not.toContain(text);
  }
  // It is sent all the same.
  const sent = requests.map((request) => request.header(header.toLowerCase()));
  expect(
    sent.some((value) => value === secret || Buffer.from(value!.slice(6), 'base64').toString().includes(secret)),
  ).toBe(true);
});
