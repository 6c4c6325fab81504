import { beforeAll, describe, expect, it } from 'vitest';
import { Transport } from '../../src/transport/transport.js';
import { cli } from '../support/cli.js';
import { someDelivery } from '../support/delivery.js';
import { bundleCli, weighProcess } from '../support/process.js';
import { answering, dripping, fine, flooding, type Manners, onRequest, polite, rudeServer } from '../support/rude.js';

const interim = 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100);

const zoo: Record<string, Manners> = {
  'never answers': onRequest(() => {}),
  'never reads': (socket) => socket.pause(),
  drips: dripping('HTTP/1.1 200 OK\r\nX-Slow: ', 'x'),
  'never ends its body': flooding('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(100_000)),
  'floods with interim answers': flooding('', interim, 2_000_000),
  'is not HTTP': answering('SSH-2.0-OpenSSH_9.6\r\n'),
  'has an endless header': flooding('HTTP/1.1 200 OK\r\nX-Big: ', 'x'.repeat(50_000)),
  upgrades: answering('HTTP/1.1 101 Switching\r\n\r\n'),
  'answers with half a body': answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', 'close'),
  closes: (socket) => socket.end(),
  resets: (socket) => socket.resetAndDestroy(),
  'answers and closes': answering(fine, 'close'),
  'answers and resets': answering(fine, 'reset'),
  'answers twice': answering(fine + fine),
  'answers too early': (socket) => {
    socket.once('data', () => socket.pause().write(fine));
  },
};

/** Sockets, servers and look-ups that keep this process alive. */
const alive = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS|GetAddrInfo/.test(name));

describe('a transport', () => {
  it.each(Object.entries(zoo))('still works after a receiver that %s, and leaves nothing open', async (_, manners) => {
    await expect.poll(alive).toEqual([]);
    // The first connection is treated rudely, those after it well.
    let first = true;
    const server = await rudeServer((socket) => {
      if (first) manners(socket);
      else polite(socket);
      first = false;
    });
    const other = await rudeServer(polite);
    const transport = new Transport();
    await transport.send(someDelivery(server.url, { size: 8_000_000 }), 100);
    for (const url of [other.url, server.url, server.url]) {
      const { status, error } = await transport.send(someDelivery(url), 20_000);
      expect([status, error]).toEqual([200, null]);
    }
    transport.close();
    await Promise.all([server.close(), other.close()]);
    await expect.poll(alive).toEqual([]);
  });

  it('ends what is under way when it is closed', async () => {
    const transport = new Transport();
    const { url } = await rudeServer(onRequest(() => transport.close()));
    expect((await transport.send(someDelivery(url), 10_000)).error).toMatchObject({
      kind: 'unreachable',
      code: 'STOPPED',
      message: 'the attempt was stopped',
    });
  });

  it('rejects what is no HTTP request, which no receiver is to blame for', async () => {
    const { url } = await rudeServer(polite);
    const transport = new Transport();
    await expect(transport.send({ ...someDelivery(url), headers: [['Expect', 'x']] }, 1000)).rejects.toThrow('expect');
    expect(await transport.send(someDelivery(url), 1000)).toMatchObject({ status: 200, error: null });
    transport.close();
  });
});

describe('a run', () => {
  it('ends, and counts each delivery once, whatever a receiver does', async () => {
    const manners = [...Object.values(zoo), polite, polite, polite];
    let turn = 0;
    const { url } = await rudeServer((socket) => manners[turn++ % manners.length]!(socket));
    const command = ['send', 'scalev', 'order.created', '--to', url, '--timeout', '3s'];
    const { json, exitCode, stderr } = await cli([...command, '--count', '50', '--concurrency', '50', '--json']);
    const summary = json.at(-1);
    // What was odd on the wire may come too late for the line of its delivery.
    expect(json.filter(({ type }) => type !== 'warning')).toHaveLength(51);
    expect(summary.sent).toBe(50);
    const { accepted, rejected, timed_out, broken, unreachable } = summary.outcomes;
    expect(accepted + rejected + timed_out + broken + unreachable).toBe(50);
    for (const count of [accepted, timed_out, broken, unreachable]) expect(count).toBeGreaterThan(0);
    expect(exitCode).toBe(3);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('that %s interrupts ends at once, with what it has so far', async (signal, code) => {
    let taken = 0;
    const interrupt = new AbortController();
    const { url } = await rudeServer(
      onRequest((socket) => (++taken <= 2 ? socket.write(fine) : interrupt.abort(signal))),
    );
    // Not at once, it would tell of a third delivery, which was given up.
    const { json, exitCode } = await cli(
      ['send', 'scalev', 'order.created', '--to', url, '--timeout', '30s', '--count', '9', '--json'],
      { signal: interrupt.signal },
    );
    expect(exitCode).toBe(code);
    expect(json.map(({ type }) => type)).toEqual(['delivery', 'delivery', 'summary']);
    expect(json.at(-1)).toMatchObject({ sent: 2, accepted: 2, interrupted: true });
  });
});

describe('a process', () => {
  beforeAll(bundleCli);

  const limit = 30_000_000;

  it.each([
    ['never ends its body', zoo['never ends its body']!, 0],
    ['has an endless header', zoo['has an endless header']!, 3],
    ['floods with interim answers', flooding('', interim), 4],
    ['never ends its reason phrase', flooding('HTTP/1.1 200 ', 'x'.repeat(100_000)), 4],
  ])('holds little memory and ends in time against a receiver that %s', async (_, manners, code) => {
    const { url } = await rudeServer(manners);
    // Only what never ends meets its limit, however busy the machine is.
    const timeout = code === 4 ? '500ms' : '20s';
    const ended = await weighProcess(['send', 'scalev', 'order.created', '--to', url, '--timeout', timeout]);
    expect(ended.exitCode).toBe(code);
    expect(ended.usedBytes).toBeLessThan(limit);
  });

  it('holds little memory when twenty answers at once never end', async () => {
    const { url } = await rudeServer(zoo['never ends its body']!);
    const command = ['send', 'scalev', 'order.created', '--to', url, '--timeout', '30s'];
    const ended = await weighProcess([...command, '--count', '40', '--concurrency', '20', '--json']);
    expect(ended.exitCode).toBe(0);
    expect(ended.usedBytes).toBeLessThan(limit + 20 * 1_500_000);
  });
});
