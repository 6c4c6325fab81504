import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { fine } from '../support/rude.js';
import { partsOf, rawReceiver } from './rawReceiver.js';
import { scripted } from './scripted.js';
import { virtualClock } from './virtualClock.js';

const send = ['send', 'scalev', 'order.created'];
const rejected = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n';

describe('--fault cut-body', () => {
  it('closes the connection after half of the body, and then sends the same whole', async () => {
    const { url, connections } = await rawReceiver();
    const { json, exitCode } = await cli([...send, '--fault', 'cut-body', '--json', '--to', url]);
    const [cut, whole] = connections.map(partsOf);
    expect(connections).toHaveLength(2);
    expect(cut!.head).toBe(whole!.head);
    expect(cut!.head).toMatch(/content-length: 3\d{3}$/);
    expect(cut!.body).toHaveLength(Math.floor(whole!.length / 2));
    expect(whole!.body).toHaveLength(whole!.length);
    expect(whole!.body.startsWith(cut!.body)).toBe(true);
    expect(connections[0]!.ending).not.toBeNull();
    expect(json[0]).toMatchObject({
      outcome: 'accepted',
      ok: true,
      fault: { kind: 'cut-body' },
      attempts: [
        {
          number: 1,
          scheduledAtMs: 0,
          status: null,
          error: { code: 'CUT_ON_PURPOSE', kind: 'unreachable', phase: 'send' },
        },
        { number: 2, scheduledAtMs: 0, status: 200, error: null },
      ],
    });
    expect([json.length, exitCode]).toEqual([2, 0]);
  });

  it('has the outcome of the whole delivery', async () => {
    const { url } = await rawReceiver(rejected);
    const { stdout, exitCode } = await cli([...send, '--fault', 'cut-body', '--to', url]);
    expect(stdout).toMatch(/--- scalev order\.created \[cut-body\] [\d.]+ ms {2}cut deliberately, attempt 1 of 2/);
    expect(stdout).toMatch(/401 scalev order\.created [\d.]+ ms {2}rejected, attempt 2 of 2\n$/);
    expect(exitCode).toBe(1);
  });

  it('finds out a receiver that does not get over it', async () => {
    const server = createServer((incoming, response) => {
      incoming.on('error', () => server.close());
      incoming.on('aborted', () => server.close());
      incoming.resume().on('end', () => response.end('ok'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => server.closeAllConnections());
    const to = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = ['--schedule', '100ms', '--speed', '1x'];
    const { json, exitCode } = await cli([...send, '--fault', 'cut-body', ...own, '--json', '--to', to]);
    expect(json[0].attempts[1].error.code).toBe('ECONNREFUSED');
    expect(exitCode).toBe(3);
  });

  it('sends the whole also where the half is answered', async () => {
    const { url, connections } = await rawReceiver(fine, true);
    const { json } = await cli([...send, '--fault', 'cut-body', '--json', '--to', url]);
    expect(connections).toHaveLength(2);
    expect(json[0].attempts).toMatchObject([{ status: 200 }, { number: 2 }]);
  });

  it('cuts the first attempt only where the provider retries by its schedule', async () => {
    const { url, requests } = await scripted(500, 200);
    const argv = ['send', 'bharatcart', 'order.created', '--retry', '--speed', '1x', '--fault', 'cut-body', '--json'];
    const clock = virtualClock();
    const { json, stderr } = await cli([...argv, '--to', url], { clock });
    expect(clock.slept).toEqual([60_000, 600_000]);
    expect(requests).toHaveLength(2);
    expect(json[0].attempts.map(({ status }: { status: number }) => status)).toEqual([null, 500, 200]);
    expect(stderr).toContain('Recovered at attempt 3, 11 min later in production.');
  });

  it('is no failure of the receiver’s to the one who counts failures', async () => {
    const { url, requests } = await scripted(500);
    const retry = ['--retry', '--speed', 'instant', '--fault', 'cut-body', '--count', '3', '--json'];
    const { json } = await cli(['send', 'commercelayer', 'orders.place', ...retry, '--to', url]);
    expect(requests).toHaveLength(30);
    expect(json.at(-1)).toMatchObject({ sent: 3, attemptCount: 33, disabled: [{ attemptCount: 30, isCertain: true }] });
  });
});

describe('--fault slow-upload', () => {
  it('sends the body in pieces over the time that is given', async () => {
    const { url, connections } = await rawReceiver();
    const { json, exitCode } = await cli([...send, '--fault', 'slow-upload=600ms', '--json', '--to', url]);
    const [received] = connections;
    const { body, length } = partsOf(received!);
    expect(body).toHaveLength(length);
    expect(received!.chunks.length).toBeGreaterThanOrEqual(5);
    const lasted = received!.chunks.at(-1)!.atMs - received!.chunks[0]!.atMs;
    expect(lasted).toBeGreaterThan(500);
    expect(lasted).toBeLessThan(3000);
    expect(json[0]).toMatchObject({ outcome: 'accepted', fault: { kind: 'slow-upload', durationMs: 600 } });
    expect(json[0].attempts[0].timing.sendMs).toBeGreaterThan(500);
    expect(exitCode).toBe(0);
  });

  it('adds its own time to the time limit, which still ends the attempt', async () => {
    const fault = ['--fault', 'slow-upload=400ms', '--timeout', '200ms', '--json'];
    const taken = await rawReceiver();
    expect((await cli([...send, ...fault, '--to', taken.url])).exitCode).toBe(0);
    const { url } = await scripted('hang');
    const { json, exitCode } = await cli([...send, ...fault, '--to', url]);
    expect(json[0].attempts[0].error).toMatchObject({ kind: 'timed_out', phase: 'wait' });
    expect(json[0].attempts[0].timing.totalMs).toBeGreaterThan(550);
    expect(json[0].attempts[0].timing.totalMs).toBeLessThan(1500);
    expect(exitCode).toBe(4);
  });

  it('takes an answer that comes before all is sent', async () => {
    const { url } = await rawReceiver(rejected, true);
    const { json, exitCode } = await cli([...send, '--fault', 'slow-upload=30s', '--json', '--to', url]);
    expect(json[0].attempts[0]).toMatchObject({ status: 401, error: null });
    expect(exitCode).toBe(1);
  });

  it('is the same request as any other', async () => {
    const plain = await rawReceiver();
    const slow = await rawReceiver();
    const same = ['--exact', '--seed', '1', '--now', '2026-03-04T05:06:07Z'];
    await cli([...send, ...same, '--to', plain.url]);
    await cli([...send, ...same, '--fault', 'slow-upload=100ms', '--to', slow.url]);
    const [one, two] = [plain, slow].map(({ connections }) => partsOf(connections[0]!));
    const host = (head: string | null) => head!.replace(/127\.0\.0\.1:\d+/, 'host');
    expect(host(two!.head)).toBe(host(one!.head));
    expect(two!.body).toBe(one!.body);
  });
});

describe('--duplicate', () => {
  it('sends each delivery so many times, with the same id and bytes', async () => {
    const { url, requests } = await scripted(200);
    const argv = [...send, '--duplicate', '3', '--count', '2', '--json', '--to', url];
    const { json } = await cli(argv);
    const deliveries = json.slice(0, -1);
    expect(deliveries.map(({ copy }: { copy: unknown }) => copy)).toEqual(
      [1, 2, 3, 1, 2, 3].map((number) => ({ number, of: 3 })),
    );
    const ids = deliveries.map(({ id }: { id: string }) => id);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(2);
    const sent = requests.map((request) => JSON.stringify(request));
    expect(new Set(sent.slice(0, 3)).size).toBe(1);
    expect(new Set(sent).size).toBe(2);
    expect(json.at(-1)).toMatchObject({ sent: 6, accepted: 6 });
  });

  it('makes a long run of a short one, which lists only what failed', async () => {
    const { url } = await scripted(200);
    const { stdout } = await cli([...send, '--duplicate', '100', '--count', '3', '--to', url]);
    expect(stdout).toMatch(/^300 sent . 300 accepted .*\n$/);
  });

  it('is a race with --concurrency', async () => {
    const { url } = await scripted({ status: 200, afterMs: 150 });
    const { stdout, exitCode } = await cli([...send, '--duplicate', '5', '--concurrency', '5', '--to', url]);
    expect(stdout.match(/\(copy \d of 5\)/g)).toHaveLength(5);
    // All at once: one after the other would take five times as long.
    const [, p50 = ''] = /5 sent.*p50 (\d+) ms/.exec(stdout)!;
    expect(Number(p50)).toBeLessThan(600);
    expect(exitCode).toBe(0);
  });
});
