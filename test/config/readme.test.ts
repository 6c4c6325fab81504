import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

it('the config of the documents is one', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readme)!;
  const cwd = folderOf({ 'webhook-sim.config.yaml': yaml });
  const { stdout } = await cli(['config', '--to', 'staging', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    targets: { local: { url: 'localhost:3000/webhooks/{provider}' }, staging: { allowRemote: true } },
    providers: [{ name: 'scalev', secrets: { references: ['env:SCALEV_SIGNING_SECRET'] } }],
  });
});
