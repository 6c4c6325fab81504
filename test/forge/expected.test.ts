import { describe, expect, it } from 'vitest';
import { createDelivery, send, simulate } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const answering = (status: number) => captureServer(`HTTP/1.1 ${status} Status\r\nContent-Length: 0\r\n\r\n`);

const rows: [status: number, forge: string, exitCode: number, ok: boolean][] = [
  [401, 'wrong-secret', 0, true],
  [400, 'wrong-secret', 0, true],
  [200, 'wrong-secret', 1, false],
  [302, 'wrong-secret', 1, false],
  [500, 'wrong-secret', 1, false],
  [200, 'future-timestamp', 0, true],
  [401, 'future-timestamp', 0, true],
];

describe.each(rows)('a receiver that answers %i to %s', (status, forge, exitCode, ok) => {
  const [provider, event] =
    forge === 'future-timestamp' ? (['stripe', 'customer.created'] as const) : (['scalev', 'order.created'] as const);

  it('is judged without a flag by send', async () => {
    const { url } = await answering(status);
    const sent = await cli(['send', provider, event, '--forge', forge, '--json', '--to', url]);
    expect([sent.exitCode, sent.json[0].ok, sent.json[1].ok]).toEqual([exitCode, ok, ok ? 1 : 0]);
  });

  it('is judged by the library', async () => {
    const { url } = await answering(status);
    const delivery = await createDelivery({ provider, event, url, forge } as Parameters<typeof createDelivery>[0]);
    expect((await send(delivery)).ok).toBe(ok);
    expect((await send({ ...delivery })).ok).toBe(ok);
  });

  it('is judged by a suite', async () => {
    const { url } = await answering(status);
    const cwd = folderOf({
      'a.webhooks.yaml': `target: ${url}\ncases: [{ send: ${provider} ${event}, forge: ${forge} }]\n`,
    });
    const ran = await cli(['run', 'a.webhooks.yaml', '--report', 'junit=-'], { cwd });
    expect(ran.exitCode, ran.stdout + ran.stderr).toBe(exitCode);
    if (!ok) expect(ran.stdout).toMatch(/a forgery \(wrong-secret\) was (?:accepted: 200|not rejected with 4xx: \d+)/);
  });
});

describe('a forgery', () => {
  it('is told on its line', async () => {
    const accepting = await answering(200);
    const argv = ['send', 'scalev', 'order.created', '--forge', 'wrong-secret', '--to'];
    expect((await cli([...argv, accepting.url])).stdout).toMatch(/✗ 200 .*a forgery was accepted\n$/);
    const rejecting = await answering(401);
    expect((await cli([...argv, rejecting.url])).stdout).toMatch(/✓ 401 .*rejected, as expected\n$/);
  });

  it('may be expected to be accepted', async () => {
    const { url } = await answering(200);
    const sent = await cli([
      'send',
      'scalev',
      'order.created',
      '--forge',
      'wrong-secret',
      '--expect',
      '2xx',
      '--to',
      url,
    ]);
    expect(sent.exitCode).toBe(0);
  });

  it('earns 3 where nobody listens', async () => {
    const sent = await cli(['send', 'scalev', 'order.created', '--forge', 'wrong-secret', '--to', '127.0.0.1:1']);
    expect(sent.exitCode).toBe(3);
  });

  it('is tried again by nobody', async () => {
    const delivery = await createDelivery({ provider: 'scalev', url: 'http://127.0.0.1:1/', forge: 'wrong-secret' });
    await expect(send(delivery, { retry: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    const run = simulate({ provider: 'scalev', url: 'http://127.0.0.1:1/', forge: 'wrong-secret', retry: true });
    await expect(run.next()).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
