import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';

const env = { npm_command: 'exec' };

it.each([
  [['list', 'nobody'], 'webhook-sim list'],
  [['docs', 'nothing'], 'webhook-sim docs lists'],
  [['provider', 'new'], 'webhook-sim provider new acme'],
])('the hint of %j can be pasted as it was started', async (argv, hint) => {
  const installed = await cli(argv);
  expect(installed.stderr).toContain(hint);
  expect(installed.stderr).not.toContain('npx');
  const { stderr } = await cli(argv, { env });
  expect(stderr).toContain(`npx ${hint}`);
  expect(stderr).toMatch(/^webhook-sim: /);
});

it('so can that of an error in JSON, and of a delivery that was rejected', async () => {
  const { stdout } = await cli(['send', 'scalev', 'nothing', '--json'], { env });
  expect(JSON.parse(stdout).hint).toContain('npx webhook-sim list scalev');
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(401).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { stderr } = await cli(['send', 'scalev', 'order.created', '--to', `:${port}`, '--no-log'], { env });
  expect(stderr).toContain(': npx webhook-sim check scalev --to');
});
