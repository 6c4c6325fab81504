import { execFile } from 'node:child_process';
import http from 'node:http';
import type net from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvent } from '../../src/index.js';
import { createDelivery, send, simulate, UsageError } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { roundTrips } from '../support/roundTrips.js';
import { onRequest, rudeServer } from '../support/rude.js';
import { isGenuine, secret } from './proof.js';

const run = promisify(execFile);
const answer = (status: number) => `HTTP/1.1 ${status} -\r\nContent-Length: 2\r\n\r\nhi`;
const make = (url: string, options = {}) =>
  createDelivery({ provider: 'scalev', event: 'order.created', url, secret, ...options });

describe('send', () => {
  it('sends what was made, byte for byte', async () => {
    const { url, requests } = await captureServer();
    const delivery = await make(`${url}/hooks`);
    const result = await send(delivery);
    expect(result).toMatchObject({
      outcome: 'accepted',
      ok: true,
      status: 200,
      text: 'ok',
      error: null,
      delivery,
      attempts: [{ number: 1 }],
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]!.requestLine).toBe('POST /hooks HTTP/1.1');
    expect(requests[0]!.head).toContain('\r\nX-Scalev-Hmac-Sha256: ');
    expect(requests[0]!.body.equals(delivery.body)).toBe(true);
    expect(isGenuine(requests[0]!.header('x-scalev-hmac-sha256'), requests[0]!.body)).toBe(true);
    expect('thrown' in result).toBe(false);
  });

  it('makes of a receiver that fails a value', async () => {
    const rejecting = await captureServer(answer(500));
    expect(await send(await make(rejecting.url))).toMatchObject({
      outcome: 'rejected',
      ok: false,
      status: 500,
      text: 'hi',
    });
    expect(await send(await make(rejecting.url), { expect: '5xx' })).toMatchObject({ outcome: 'rejected', ok: true });
    expect(await send(await make(rejecting.url), { expect: 500 })).toMatchObject({ ok: true });
    const silent = await rudeServer(() => {});
    expect(await send(await make(silent.url), { timeout: 30 })).toMatchObject({ outcome: 'timed_out', status: null });
    const gone = await rudeServer(() => {});
    await gone.close();
    expect(await send(await make(gone.url))).toMatchObject({ outcome: 'unreachable', error: { code: 'ECONNREFUSED' } });
  });

  it('tries again as it is told', async () => {
    let asked = 0;
    const { url, requests } = await captureServer(() => answer(++asked < 3 ? 503 : 200));
    const result = await send(await make(url), { schedule: ['1m', '10m', '1h'], speed: 'instant' });
    expect(result).toMatchObject({ outcome: 'accepted', status: 200 });
    expect(result.attempts.map(({ number, scheduledAtMs, status }) => [number, scheduledAtMs, status])).toEqual([
      [1, 0, 503],
      [2, 60_000, 503],
      [3, 660_000, 200],
    ]);
    expect(requests[2]!.body.equals(requests[0]!.body)).toBe(true);
    await expect(send(await make(url), { retry: true })).rejects.toThrow(
      'Scalev does not say how often and when it retries.',
    );
    const bharatcart = await createDelivery({ provider: 'bharatcart', url });
    asked = -10;
    const { attempts } = await send(bharatcart, { retry: true, speed: 'instant' });
    expect(attempts.map(({ scheduledAtMs }) => scheduledAtMs)).toEqual([0, 60_000, 660_000, 4_260_000]);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const silent = await rudeServer(onRequest(() => controller.abort(new Error('enough'))));
    const sending = send(await make(silent.url), { signal: controller.signal });
    await expect(sending).rejects.toThrow('enough');
  });

  it('sends to no address that nobody gave', async () => {
    for (const options of [{}, { url: '/hooks' }]) {
      const delivery = await createDelivery({ provider: 'scalev', ...options });
      await expect(send(delivery)).rejects.toMatchObject({ code: 'NO_URL' });
      await expect(send(delivery)).rejects.toBeInstanceOf(UsageError);
    }
    const { url, requests } = await captureServer();
    await expect(send(await make(url), { timeout: 'soon' })).rejects.toThrow('timeout: "soon" is not a duration');
    await expect(send(await make(url), { expect: '2000' })).rejects.toThrow('expect: "2000" is not a status');
    expect(requests).toEqual([]);
  });

  it('takes a delivery that somebody changed, by the name of its provider', async () => {
    const { url, requests } = await captureServer();
    const delivery = { ...(await createDelivery({ provider: 'scalev' })), url };
    expect(await send(delivery)).toMatchObject({ outcome: 'accepted' });
    expect(requests).toHaveLength(1);
    await expect(send({ ...delivery, provider: 'acme' })).rejects.toThrow('does not ship with this package');
  });
});

describe('simulate', () => {
  const all = async (events: AsyncIterable<RunEvent>) => {
    const list: RunEvent[] = [];
    for await (const event of events) list.push(event);
    return list;
  };

  it('yields each delivery as it ends, and a summary', async () => {
    const { url, requests } = await captureServer();
    const events = await all(
      simulate({ provider: 'scalev', events: ['order.created', 'order.updated'], url, secret, count: 2, fresh: 'all' }),
    );
    expect(events.map((event) => (event.type === 'delivery' ? event.delivery.event : event.type))).toEqual([
      'order.created',
      'order.updated',
      'order.created',
      'order.updated',
      'summary',
    ]);
    expect(events.at(-1)).toMatchObject({ sent: 4, accepted: 4, ok: 4 });
    const ids = requests.map(({ body }) => JSON.parse(String(body)).data.order_id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  describe('leaves no connection behind', () => {
    const open = (server: net.Server) =>
      new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

    it.each([
      ['at its end', 12],
      ['when nobody listens any more', 2],
    ])('%s', async (_, taken) => {
      const server = http.createServer((request, response) => request.resume().on('end', () => response.end()));
      // So that only the sender ends a connection.
      server.keepAliveTimeout = 60_000;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      const url = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
      let seen = 0;
      for await (const event of simulate({ provider: 'scalev', url, secret, concurrency: 3 })) {
        if (event.type === 'delivery') expect(await open(server)).toBeGreaterThan(0);
        if (++seen === taken) break;
      }
      await expect.poll(() => open(server), { timeout: 1500, interval: 20 }).toBe(0);
    });

    it('so that nothing keeps the process', async () => {
      const { url } = await captureServer();
      const script = `
        const { simulate } = await import(process.argv[1]);
        for await (const event of simulate({ provider: 'scalev', url: process.argv[2], secret: 'k' })) void event;
        console.log(process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap').join());`;
      const library = pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, library, url]);
      expect(stdout).toBe('\n');
    });
  });

  it('sends every event of a provider where none is named, to a handler', async () => {
    const seen: string[] = [];
    const to = async (request: Request) => {
      seen.push(JSON.parse(await request.text()).event);
      return new Response(null, { status: seen.length % 2 ? 200 : 500 });
    };
    const events = await all(simulate({ provider: 'scalev', to, concurrency: 3 }));
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
    expect(events.at(-1)).toMatchObject({ type: 'summary', sent: 12, accepted: 6, outcomes: { rejected: 6 } });
    const { url, requests } = await captureServer();
    await all(simulate({ provider: 'scalev', events: ['order.created'], to: url }));
    expect(requests).toHaveLength(1);
  });

  it('ends when nobody listens any more', async () => {
    const { url, requests } = await captureServer();
    for await (const event of simulate({ provider: 'scalev', url, count: 1000 })) {
      expect(event.type).toBe('delivery');
      break;
    }
    await roundTrips(200);
    expect(requests.length).toBeLessThan(200);
  });

  it.each<[string, object, string]>([
    ['no address', {}, 'Where to? Give an address with a host, or a handler'],
    ['an unknown event', { events: ['order.craeted'] }, 'Did you mean order.created?'],
    ['no event', { events: [] }, 'events: the list is empty.'],
    ['no count', { count: 0 }, 'count: 0 is not a whole number from 1 to 100000000.'],
    ['a pace of no retries', { url: 'http://localhost:1', speed: '10x' }, 'options.speed is the pace of retries.'],
    ['half a lane', { concurrency: 1.5 }, 'concurrency: 1.5 is not a whole number from 1 to 1000.'],
  ])('rejects %s before anything is sent', async (_, options, message) => {
    await expect(simulate({ provider: 'scalev', ...options } as never).next()).rejects.toThrow(message);
  });
});

it('tells what is no delivery, and what is no schedule, as errors of their user', async () => {
  const options = { provider: 'scalev', event: 'order.created' } as never;
  await expect(send(options)).rejects.toMatchObject({ code: 'NO_DELIVERY' });
  await expect(send(undefined as never)).rejects.toMatchObject({ code: 'NO_DELIVERY' });
  const delivery = await createDelivery({ provider: 'scalev', event: 'order.created', url: 'http://127.0.0.1:9/' });
  await expect(send(delivery, { schedule: '1m' as never })).rejects.toMatchObject({ code: 'BAD_SCHEDULE' });
});
