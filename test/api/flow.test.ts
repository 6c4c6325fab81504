import { createHmac, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { flow, handshake, keys } from '../../src/index.js';
import { startReceiver } from '../handshake/receivers.js';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { isGenuine, secret } from './proof.js';

describe('flow', () => {
  it("sends a provider's flow, signed, in order, and tells what came of it as a frozen value", async () => {
    const server = await captureServer();
    const result = await flow({ provider: 'scalev', flow: 'fulfilment', to: server.url, secret, handshake: false });
    expect(result).toMatchObject({ ok: true, exitCode: 0, interrupted: false, handshakes: [], notes: [] });
    expect(Object.isFrozen(result) && Object.isFrozen(result.deliveries)).toBe(true);
    const { requests } = server;
    expect(requests.length).toBeGreaterThan(2);
    expect(result.deliveries).toHaveLength(requests.length);
    expect(requests.filter(({ header, body }) => !isGenuine(header('X-Scalev-Hmac-Sha256'), body))).toEqual([]);
    const events = requests.map(({ body }) => JSON.parse(body.toString()).event);
    expect(result.deliveries.map(({ delivery }) => delivery.event)).toEqual(events);
    expect(result.summaries).toMatchObject([{ sent: requests.length, accepted: requests.length }]);
    expect(result.events.at(-1)).toBe(result.summaries[0]);
  });

  it('takes the options of the command under its names, and a provider of your own', async () => {
    const server = await captureServer('HTTP/1.1 500 -\r\nContent-Length: 0\r\n\r\n');
    const acme = {
      name: 'acme',
      headers: { 'X-Acme-Event': '{event}' },
      events: ['made', 'sold'],
      samples: { made: { id: 'thing_1' }, sold: { id: 'thing_1' } },
      flows: [{ name: 'sale', title: 'A sale', steps: [{ event: 'made' }, { event: 'sold' }] }],
    } as const;
    const result = await flow({
      provider: acme,
      flow: 'sale',
      to: new URL(server.url),
      order: 'reversed',
      duplicate: 2,
      header: [['X-Own', 'yes']],
      now: new Date('2026-01-31T12:00:00Z'),
      probe: `${server.url}/state`,
    });
    expect(result).toMatchObject({ ok: false, exitCode: 1, states: [{ problem: expect.any(String) }] });
    const sent = server.requests.filter(({ requestLine }) => requestLine.startsWith('POST'));
    expect(sent.map(({ header }) => header('X-Acme-Event'))).toEqual(['sold', 'sold', 'made', 'made']);
    expect(sent.map(({ header }) => header('X-Own'))).toEqual(['yes', 'yes', 'yes', 'yes']);
  });

  it('goes by a config, its targets, flows and secrets only where one is named', async () => {
    const server = await captureServer();
    const flows = { visit: { steps: [{ send: 'scalev order.created' }, { send: 'bharatcart order.created' }] } };
    const config = { target: 'mine', targets: { mine: server.url }, flows, secrets: { scalev: 'env:MINE' } };
    const folder = folderOf({ 'webhook-sim.config.json': JSON.stringify(config), '.env': `MINE=${secret}` });
    const result = await flow({ flow: 'visit', config: `${folder}/webhook-sim.config.json` });
    expect(result).toMatchObject({ ok: true });
    const [first, second] = server.requests;
    expect(isGenuine(first!.header('X-Scalev-Hmac-Sha256'), first!.body)).toBe(true);
    expect(second).toBeDefined();
    await expect(flow({ flow: 'visit', to: server.url })).rejects.toMatchObject({ code: 'UNKNOWN_FLOW' });
    await expect(flow({ provider: 'scalev', flow: 'fulfilment' })).rejects.toThrow(/^options\.to: where to\?/);
  });

  it('is told to a handler in this process, which is addressed as url says', async () => {
    const seen: string[] = [];
    const handler = async (request: Request) => {
      const body = Buffer.from(await request.arrayBuffer());
      seen.push(new URL(request.url).pathname);
      return new Response(null, { status: isGenuine(request.headers.get('x-scalev-hmac-sha256'), body) ? 200 : 401 });
    };
    const scalev = { provider: 'scalev', flow: 'fulfilment', to: handler, url: '/hooks' } as const;
    expect(await flow({ ...scalev, secret })).toMatchObject({ ok: true, notes: [] });
    expect(new Set(seen)).toEqual(new Set(['/hooks']));
    expect(await flow({ ...scalev, secret: 'another' })).toMatchObject({ ok: false, exitCode: 1 });
    const careless = await handshake({ provider: 'discord', to: () => new Response(null, { status: 204 }) });
    expect(careless.handshakes.map(({ ended: { ok } }) => ok)).toEqual([true, false]);
    await expect(flow({ ...scalev, insecure: true })).rejects.toThrow(/^options\.insecure is about a connection/);
    await expect(flow({ ...scalev, to: 'demo' })).rejects.toThrow(/^options\.url is about a handler/);
  });

  it('ends with its signal, and tells what was until then', async () => {
    const stop = new AbortController();
    const server = await captureServer(() => {
      stop.abort();
      return 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    });
    const result = await flow({ provider: 'scalev', flow: 'fulfilment', to: server.url, signal: stop.signal });
    expect(result).toMatchObject({ ok: false, interrupted: true });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [{ timeout: '5 s' }, /^options\.timeout: "5 s" is not a duration/],
    [{ orders: true }, /options\.orders compares .* Say with options\.probe/],
    [{ jitter: 5, order: 'reversed' }, /^options\.jitter creates its own order, and options\.order another/],
    [{ secret: 'env:MINE' }, /^options\.secret: the library reads no env: for you/],
    [{ secret: undefined }, /^options\.secret: there is nothing in it/],
    [{ drop: 'order.lost' }, /^options\.drop: fulfilment has no event order\.lost/],
    [{ tiemout: '5s' }, /^There is no options\.tiemout\. Did you mean timeout\?/],
    [{ json: true }, /^There is no options\.json\./],
    [{ flow: undefined }, /^Which flow\? Name one as options\.flow: fulfilment, .*options\.all/],
    [{ now: new Date(0) }, /^options\.now: /],
    [{ cacert: 'none.pem' }, /^options\.cacert none\.pem: there is no such file/],
  ])('names the option that is wrong: %j', async (wrong, message) => {
    const server = await captureServer();
    const given = { provider: 'scalev', flow: 'fulfilment', to: server.url, ...wrong } as Parameters<typeof flow>[0];
    await expect(flow(given)).rejects.toThrow(message);
    await expect(flow(given)).rejects.toMatchObject({ name: 'UsageError' });
    expect(server.requests).toEqual([]);
  });

  it('keeps nothing in the delivery log unless it is told to', async () => {
    const state = folderOf({});
    vi.stubEnv('XDG_STATE_HOME', state);
    try {
      await flow({ provider: 'scalev', flow: 'spam', to: 'demo' });
      expect(readdirSync(state)).toEqual([]);
      vi.stubEnv('CI', 'true');
      vi.stubEnv('SCALEV_SIGNING_SECRET', 'of the environment');
      const { deliveries } = await flow({ provider: 'scalev', flow: 'spam', to: 'demo', log: true });
      expect(readdirSync(state)).toEqual(['webhook-sim']);
      const [{ delivery }] = deliveries as [(typeof deliveries)[0]];
      const signature = delivery.headers.find(([name]) => name === 'X-Scalev-Hmac-Sha256')?.[1];
      const sample = createHmac('sha256', 'scalev-sample-secret').update(delivery.body).digest('base64');
      expect(signature, 'the variable signs nothing').toBe(sample);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('handshake and keys', () => {
  it('are those of a provider: a receiver that holds the key answers rightly', async () => {
    const { provider, keys: found, jwks } = await keys({ provider: 'discord' });
    expect({ provider, kinds: found.map(({ kind }) => kind) }).toEqual({ provider: 'discord', kinds: ['ed25519'] });
    expect(jwks.keys).toEqual(found.map(({ jwk }) => jwk));
    const url = await startReceiver('receiver.mjs', 'discord', { PUBLIC_KEY: found[0]!.hex! });
    const result = await handshake({ provider: 'discord', to: url });
    expect(result).toMatchObject({ ok: true, exitCode: 0, summary: { sent: 2, ok: 2 }, notes: [] });
    expect(result.handshakes.map(({ handshake: { name }, problem }) => [name, problem])).toEqual([
      ['PING', null],
      ['bad-signature', null],
    ]);
    const careless = await captureServer('HTTP/1.1 204 -\r\n\r\n');
    const wrong = await handshake({ provider: 'discord', to: careless.url });
    expect(wrong).toMatchObject({ ok: false, exitCode: 1 });
    const only = await handshake({ provider: 'discord', names: ['PING'], to: careless.url });
    expect(only).toMatchObject({ ok: true, handshakes: [{ ended: { ok: true } }] });
  });

  it('keys verify what is sent, and the private half is in none of their forms', async () => {
    const server = await captureServer('HTTP/1.1 204 -\r\n\r\n');
    const { keys: found } = await keys({ provider: 'discord' });
    await handshake({ provider: 'discord', names: ['PING'], to: server.url });
    const [{ header, body }] = server.requests as [(typeof server.requests)[0]];
    const signed = Buffer.concat([Buffer.from(header('X-Signature-Timestamp')!), body]);
    const signature = Buffer.from(header('X-Signature-Ed25519')!, 'hex');
    expect(verifySignature(null, signed, createPublicKey(found[0]!.pem), signature)).toBe(true);
    expect(JSON.stringify(found)).not.toMatch(/PRIVATE|"d":/);
    await expect(keys({ provider: 'scalev' })).rejects.toMatchObject({ code: 'NO_PUBLIC_KEY' });
    await expect(handshake({ provider: 'scalev', to: server.url })).rejects.toMatchObject({ code: 'NO_HANDSHAKE' });
    await expect(keys({} as never)).rejects.toMatchObject({ code: 'NO_PROVIDER' });
  });
});
