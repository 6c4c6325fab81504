import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { bundleCli, bundledCli } from '../support/process.js';

beforeAll(bundleCli);

it('serves an agent as a process, prints nothing else on stdout, and ends with it', async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bundledCli, 'mcp'],
    cwd: folderOf({}),
    env: { XDG_STATE_HOME: folderOf({}), PATH: process.env.PATH! },
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  const errors: Error[] = [];
  client.onerror = (error) => errors.push(error);
  await client.connect(transport);
  onTestFinished(() => client.close());
  const event = { provider: 'scalev', event: 'order.created', to: 'demo' };
  const sent = await client.callTool({ name: 'send_event', arguments: event });
  expect(sent.structuredContent).toMatchObject({ summary: { sent: 1, accepted: 1 } });
  expect(errors).toEqual([]);
  const { pid } = transport;
  await client.close();
  expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
});

it('says what it is for where a person starts it, and what is wrong with the config', async () => {
  const place = { cwd: folderOf({}), env: { XDG_STATE_HOME: folderOf({}) } };
  const { exitCode, stdout, stderr } = await cli(['mcp'], place);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Add it to the settings of your agent or editor');
});
