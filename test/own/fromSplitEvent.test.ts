import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const secret = 'a-shared-key';
const env = { ACME_SECRET: secret };
const sign = (body: string | Uint8Array) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const capture = (body: string) =>
  `POST /hook HTTP/1.1\r\nContent-Type: application/json\r\nX-Acme-Event: ticket\r\nX-Acme-Signature: ${sign(body)}\r\n\r\n${body}`;
const begin = ['provider', 'new', 'acme', '--from', 'capture', '--secret', 'env:ACME_SECRET'];

it('an event in a header and in the field action has both in its name', async () => {
  const cwd = folderOf({ capture: capture('{"action":"opened","id":"6f0f3c1e-2b8a-4d7c-9e51-0a1b2c3d4e5f"}') });
  const { stderr, exitCode } = await cli(begin, { cwd, env });
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain('The event is ticket.opened, as the header X-Acme-Event and the field action say.');
  expect(stderr).toContain('It could be ticket (X-Acme-Event)');
  const description = parse(readFileSync(join(cwd, 'webhooks/acme/provider.yaml'), 'utf8'));
  expect(description).toMatchObject({
    wire: { header: 'X-Acme-Event', body: 'action' },
    events: ['ticket.opened'],
    headers: { 'X-Acme-Event': '{event}' },
  });
  expect(readdirSync(join(cwd, 'webhooks/acme/events'))).toEqual(['ticket.opened.json']);
  const tested = await cli(['provider', 'test', 'acme', '--json'], { cwd, env });
  expect(tested.json.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);

  const server = await captureServer();
  const sent = await cli(['send', 'acme', 'ticket.opened', '--to', server.url], { cwd, env });
  expect(sent.exitCode, sent.stderr).toBe(0);
  const { headers, body } = server.requests[0]!;
  const values = new Map(headers.map(([name, value]) => [name, value]));
  expect(values.get('X-Acme-Event')).toBe('ticket');
  expect(values.get('X-Acme-Signature')).toBe(sign(body));
  expect(JSON.parse(body.toString())).toMatchObject({ action: 'opened' });
});

it.each([
  ['the body says the name whole', '{"action":"opened","type":"ticket"}', []],
  ['another name is asked for', '{"action":"opened"}', ['--event', 'ticket']],
])('%s: it stays whole', async (_, body, more) => {
  const cwd = folderOf({ capture: capture(body) });
  const { stderr } = await cli([...begin, ...more], { cwd, env });
  expect(stderr).toContain('The event is ticket, as the header X-Acme-Event');
  expect(readdirSync(join(cwd, 'webhooks/acme/events'))).toEqual(['ticket.json']);
});
