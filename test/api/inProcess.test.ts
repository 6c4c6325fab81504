import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handler, NodeListener } from '../../src/api/inProcess/handler.js';
import { check, createDelivery, deliver } from '../../src/index.js';
import { frameworks } from './frameworks.js';
import { secret } from './proof.js';

const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(async () => {
  // A rejection is told after the microtasks of its turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

const delivery = (options = {}) => createDelivery({ provider: 'scalev', url: '/hooks', secret, ...options });
const to = async (handler: Handler, options = {}) => deliver(await delivery()).to(handler as never, options);
const boom = new Error('boom');
const node = (listener: NodeListener) => listener;

/** A few forgeries for each framework; all of them for each of the ways that lead to one. */
const few = ['wrong-secret', 'tampered-body', 'no-signature', 'empty-signature', 'signature-in-body'];
const ways = ['a Fetch handler', 'a Node listener', 'Express', 'AWS Lambda, version 2'];

it('each of the ways is there', () => {
  expect(frameworks.map(({ name }) => name)).toEqual(expect.arrayContaining(ways));
});

describe.each(frameworks)('$name', ({ name, handler, options, keepsCase }) => {
  it('takes a genuine delivery, byte for byte', async () => {
    const genuine = await delivery({ set: { 'data.store.name': 'Zoë 😀' } });
    const result = await deliver(genuine).to(handler() as never, options);
    expect(result.text).toContain('"method":"POST","url":"/hooks"');
    expect(result).toMatchObject({ status: 200, outcome: 'accepted', ok: true, error: null });
    const facts = JSON.parse(result.text);
    expect(facts.body).toBe(Buffer.from(genuine.body).toString());
    expect(facts.body).toContain('Zoë 😀');
    expect(facts.names).toContain(keepsCase ? 'X-Scalev-Hmac-Sha256' : 'x-scalev-hmac-sha256');
    expect(facts.names.map((name: string) => name.toLowerCase())).toContain('host');
    expect(result.timing).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null, reused: false });
    expect(result.timing.totalMs).toBeGreaterThan(0);
  });

  it('rejects a forgery', async () => {
    const result = await deliver(await delivery({ forge: 'tampered-body' })).to(handler() as never, options);
    expect(result).toMatchObject({ status: 401, outcome: 'rejected', ok: true, text: 'Invalid signature' });
    const expected = await deliver(await delivery({ forge: 'no-signature' })).to(handler() as never, {
      ...options,
      expect: 200,
    });
    expect(expected).toMatchObject({ outcome: 'rejected', ok: false });
  });

  it('gets no false alarm of a check of its signatures', async () => {
    const isWhole = ways.includes(name);
    const only = isWhole ? ['must-reject'] : few;
    const { cases } = await check({
      provider: 'scalev',
      url: '/hooks',
      secret,
      to: handler(),
      only,
      ...options,
    }).result();
    const failed = cases.filter(
      ({ class: group, verdict }) => group === 'must-reject' && verdict !== 'passed' && verdict !== 'not_judged',
    );
    expect(failed.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([]);
    const rejected = cases.filter(({ class: group, verdict }) => group === 'must-reject' && verdict === 'passed');
    if (isWhole) expect(rejected.length).toBeGreaterThan(30);
    else expect(rejected.map((each) => each.name).sort()).toEqual([...few].sort());
    expect(cases.find(({ name }) => name === 'plain')?.verdict).toBe('passed');
  });
});

const answers = {
  fetch: (status: number) => () =>
    new Response('said', {
      status,
      headers: [
        ['X-Two', 'a'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ],
    }),
  node: (status: number) => (_: IncomingMessage, response: ServerResponse) => {
    response
      .writeHead(
        status,
        [
          ['X-Two', 'a'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ].flat(),
      )
      .end('said');
  },
};

describe.each(Object.entries(answers))('what a %s handler answers', (_, answer) => {
  it.each([
    [200, 'accepted'],
    [202, 'accepted'],
    [302, 'rejected'],
    [404, 'rejected'],
    [500, 'rejected'],
  ])('%i is %s', async (status, outcome) => {
    const result = await to(answer(status));
    expect(result).toMatchObject({ status, outcome, text: 'said', attempts: [{ number: 1, remoteAddress: null }] });
    const headers = result.response!.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
    expect(headers).toEqual(expect.arrayContaining(['x-two: a', 'set-cookie: a=1', 'set-cookie: b=2']));
  });
});

interface Trouble {
  readonly name: string;
  readonly handler: Handler;
  readonly as?: 'fetch' | 'lambda-v2' | 'lambda-v1';
  readonly expected: object;
}

const threw = { outcome: 'broken', status: null, thrown: boom, error: { kind: 'broken', code: 'HANDLER_THREW' } };
const late = { outcome: 'timed_out', error: { kind: 'timed_out', message: 'the handler did not answer within 40 ms' } };
const nothing = { outcome: 'broken', error: { code: 'NO_RESPONSE' } };
const never = () => new Promise<never>(() => {});
const stream = (start: (controller: ReadableStreamDefaultController) => void) =>
  new Response(new ReadableStream({ start }));

const troubles: readonly Trouble[] = [
  {
    name: 'a Fetch handler that throws',
    handler: () => {
      throw boom;
    },
    expected: threw,
  },
  {
    name: 'a Fetch handler that rejects',
    handler: async () => {
      throw boom;
    },
    expected: threw,
  },
  { name: 'a Fetch handler that hangs', handler: never, expected: late },
  { name: 'a Fetch handler that returns nothing', handler: (() => undefined) as never, expected: nothing },
  { name: 'a Fetch handler that returns an error', handler: () => Response.error(), expected: nothing },
  {
    name: 'a Fetch handler whose body breaks off',
    handler: () =>
      stream((controller) => {
        controller.enqueue(Buffer.from('ha'));
        controller.error(boom);
      }),
    expected: { outcome: 'broken', thrown: boom, status: 200, error: { phase: 'receive' } },
  },
  {
    name: 'a Fetch handler whose body never ends',
    handler: () => stream((controller) => controller.enqueue(Buffer.from('ha'))),
    expected: {
      outcome: 'timed_out',
      status: 200,
      error: { message: 'the handler did not finish its answer within 40 ms' },
    },
  },
  {
    name: 'a Node listener that throws',
    handler: node((_q, _s) => {
      throw boom;
    }),
    expected: threw,
  },
  {
    name: 'a Node listener that rejects',
    handler: node(async (_q, _s) => {
      throw boom;
    }),
    expected: threw,
  },
  { name: 'a Node listener that hangs', handler: node((_q, _s) => {}), expected: late },
  {
    name: 'a Node listener that destroys the connection',
    handler: node((q, _s) => {
      q.socket.destroy();
    }),
    expected: {
      outcome: 'unreachable',
      error: { code: 'CLOSED_EARLY', message: 'the handler closed the connection before it answered' },
    },
  },
  {
    name: 'a Node listener that breaks off its answer',
    handler: node((_q, s) => {
      s.writeHead(200, { 'content-length': 10 }).write('half');
      setTimeout(() => s.destroy(), 5);
    }),
    expected: { outcome: 'broken', error: { kind: 'broken' } },
  },
  {
    name: 'a Node listener that throws after its answer',
    handler: node((_q, s) => {
      s.end('ok');
      throw boom;
    }),
    expected: { outcome: 'accepted', status: 200, text: 'ok', thrown: boom },
  },
  {
    name: 'a Node server that throws',
    handler: createServer(() => {
      throw boom;
    }),
    expected: threw,
  },
  {
    name: 'a route that was taken for a Node listener',
    handler: (async (_q: unknown, _s: unknown) => new Response()) as never,
    expected: nothing,
  },
  {
    name: 'a function that throws',
    as: 'lambda-v2',
    handler: (() => {
      throw boom;
    }) as never,
    expected: threw,
  },
  { name: 'a function that hangs', as: 'lambda-v2', handler: never as never, expected: late },
  {
    name: 'a function that returns no status',
    as: 'lambda-v1',
    handler: (async () => ({ ok: true })) as never,
    expected: nothing,
  },
  { name: 'a function that returns nothing', as: 'lambda-v2', handler: (async () => {}) as never, expected: nothing },
];

describe('trouble is a value', () => {
  it.each(troubles)('$name', async ({ handler, as, expected }) => {
    // Only what never ends meets its limit, however busy the machine is.
    const timeout = 'outcome' in expected && expected.outcome === 'timed_out' ? 40 : 15_000;
    expect(await to(handler, { timeout, ...(as && { as }) })).toMatchObject({
      ok: 'status' in expected && expected.status === 200 && !('error' in expected),
      ...expected,
    });
  });

  it('a handler that blocks the process beyond the limit was too late', async () => {
    const block = () => {
      const end = Date.now() + 60;
      while (Date.now() < end);
      return new Response('late');
    };
    expect(await to(block, { timeout: 30 })).toMatchObject({ outcome: 'timed_out' });
  });

  it('a handler learns that its time is over', async () => {
    let aborted = false;
    await to(
      (request: Request) =>
        new Promise<never>(() =>
          request.signal.addEventListener('abort', () => {
            aborted = true;
          }),
        ),
      { timeout: 20 },
    );
    expect(aborted).toBe(true);
    let closed = false;
    await to(
      (request: IncomingMessage, _: ServerResponse) => {
        request.on('close', () => {
          closed = true;
        });
      },
      { timeout: 20 },
    );
    await expect.poll(() => closed).toBe(true);
  });

  it('what is no handler is a UsageError', async () => {
    for (const handler of [null, undefined, 3, 'http://localhost', {}, [], createServer()]) {
      await expect(to(handler as never)).rejects.toMatchObject({ code: 'BAD_HANDLER' });
    }
    await expect(to({ fetch() {} } as never, { as: 'lambda-v2' })).rejects.toMatchObject({ code: 'BAD_HANDLER' });
    await expect(to((() => {}) as never, { as: 'lamda' })).rejects.toThrow('there is no kind of handler lamda');
  });
});

describe('a connection in memory', () => {
  it('carries large bodies both ways, chunks, and several requests', async () => {
    let connections = 0;
    const server = createServer((request, response) => request.pipe(response)).on('connection', () => connections++);
    const large = await createDelivery({ provider: 'scalev', body: 'x'.repeat(900_000) });
    for (let i = 0; i < 3; i++) {
      const result = await deliver(large).to(server);
      expect(result.response).toMatchObject({ bytes: 900_000, truncated: true });
    }
    const { cases } = await check({
      provider: 'scalev',
      secret,
      to: (_q: IncomingMessage, s: ServerResponse) => s.end(),
      only: ['chunked', '20-at-once'],
    }).result();
    expect(cases.find(({ name }) => name === 'chunked')?.verdict).toBe('passed');
    expect(cases.find(({ name }) => name === '20-at-once')?.verdict).toBe('passed');
    expect(connections).toBe(3);
  });

  it('shows frameworks https: where the address says so', async () => {
    const secure = await delivery({ url: 'https://hooks.example/scalev' });
    const handler = ({ socket, headers }: IncomingMessage, response: ServerResponse) =>
      response.end(`${'encrypted' in socket} ${headers.host} ${socket.remoteAddress}`);
    expect((await deliver(secure).to(handler)).text).toBe('true hooks.example 127.0.0.1');
    expect((await deliver(await delivery()).to(handler)).text).toBe('false localhost 127.0.0.1');
  });

  it('needs no listening server, and opens no port', async () => {
    const server = createServer((_, response) => response.end(String(server.listening)));
    expect((await deliver(await delivery()).to(server)).text).toBe('false');
  });
});
