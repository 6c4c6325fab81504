import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function sent(file: string, ...flags: string[]) {
  const server = await captureServer();
  const cwd = folderOf({ 'body.json': file });
  const argv = ['send', 'scalev', 'order.created', '--data', 'body.json', '--secret', 'mine', '--to', `${server.url}/`];
  const { stderr, exitCode } = await cli([...argv, ...flags], { cwd });
  return { stderr, exitCode, requests: server.requests };
}

describe('send --data', () => {
  it('fills placeholders for each delivery, leaves all else as it is, and signs what it sends', async () => {
    const file =
      '{ "event":"order.created",\n  "id": "{{uuid}}", "number": "A-{{seq}}", "at": "{{now}}", "text": "{ }" }\n';
    const { requests, exitCode } = await sent(file, '--count', '2', '--now', '2026-06-01T12:00:00Z');
    expect([exitCode, requests.length]).toEqual([0, 2]);
    const bodies = requests.map(({ body }) => Buffer.from(body).toString());
    for (const [at, body] of bodies.entries()) {
      const { id, number } = JSON.parse(body);
      expect(id).toMatch(uuid);
      expect(number).toBe(`A-${at + 1}`);
      expect(body).toBe(
        file
          .replace('{{uuid}}', id)
          .replace('{{seq}}', String(at + 1))
          .replace('{{now}}', '2026-06-01T12:00:00.000Z'),
      );
      const [, signature] = requests[at]!.headers.find(([name]) => name === 'X-Scalev-Hmac-Sha256')!;
      expect(signature).toBe(createHmac('sha256', 'mine').update(body).digest('base64'));
    }
    expect(JSON.parse(bodies[0]!).id).not.toBe(JSON.parse(bodies[1]!).id);
  });

  it('takes --set and --unset, also with placeholders in both', async () => {
    const file = '{"event":"order.created","data":{"id":"{{hex:8}}","status":"new","note":"x"}}';
    const flags = ['--set', 'data.status=paid-{{seq}}', '--unset', 'data.note', '--count', '2'];
    const { requests } = await sent(file, ...flags);
    const [one, two] = requests.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
    expect(one.data).toEqual({ id: expect.stringMatching(/^[0-9a-f]{8}$/), status: 'paid-1' });
    expect(two.data).toEqual({ id: expect.not.stringMatching(one.data.id), status: 'paid-2' });
  });

  it('sends nothing for a placeholder or a field that is not there', async () => {
    for (const [file, flags, message] of [
      ['{"event":"order.created","id":"{{uid}}"}', [], /no placeholder \{\{uid\}\}.*--raw/s],
      ['{"event":"order.created"}', ['--set', 'data.status=x'], /data/],
    ] as const) {
      const { requests, stderr, exitCode } = await sent(file, ...flags);
      expect([requests.length, exitCode]).toEqual([0, 2]);
      expect(stderr).toMatch(message);
    }
  });

  it('keeps the bytes of a form that are no UTF-8', async () => {
    const server = await captureServer();
    const file = Buffer.from('Body=%C3%A9\xff&x={{seq}}', 'latin1');
    const cwd = folderOf({ 'form.txt': file });
    const argv = ['send', 'twilio', 'sent', '--data', 'form.txt', '--secret', 'mine', '--to', `${server.url}/`];
    expect((await cli(argv, { cwd })).exitCode).toBe(0);
    expect(server.requests[0]!.body.toString('latin1')).toBe('Body=%C3%A9\xff&x=1');
  });

  it('leaves braces alone in --raw', async () => {
    const server = await captureServer();
    const cwd = folderOf({ 'body.json': '{"id":"{{uuid}}"}' });
    await cli(['send', 'scalev', 'order.created', '--raw', 'body.json', '--to', `${server.url}/`], { cwd });
    expect(Buffer.from(server.requests[0]!.body).toString()).toBe('{"id":"{{uuid}}"}');
  });
});
