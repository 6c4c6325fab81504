import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { judgingServer } from '../support/judgingServer.js';

const birch = {
  'webhook-sim.config.yaml': 'providers: webhooks',
  'webhooks/birch/provider.yaml': 'name: birch\nheaders: { Content-Type: application/json }\neventAt: type\n',
  'webhooks/birch/events/tree.felled.json': '{ "type": "tree.felled", "id": "1" }',
};

it('a receiver of a provider that proves nothing is not faulted, and told what it can do instead', async () => {
  const cwd = folderOf(birch);
  const server = await judgingServer(async () => null);
  const { json } = await cli(['check', 'birch', '--to', server.url, '--json', '--only', 'foreign-event'], { cwd });
  const result = json.find(({ type, name }) => type === 'case' && name === 'foreign-event');
  expect(result).toMatchObject({ leftOut: true });
  expect(JSON.stringify(result)).toContain('nothing in a request of birch proves who sent it');
  expect(JSON.stringify(result)).toContain('a secret into the address of the webhook');
});

it('show says so, and names no key', async () => {
  const { stdout } = await cli(['show', 'birch', 'tree.felled'], { cwd: folderOf(birch) });
  expect(stdout).toContain('none: nothing in a request of birch proves who sent it');
  expect(stdout).not.toContain('key:');
});
