import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { directRoute } from '../../src/core/route.js';
import type { RunEnded, RunEvent } from '../../src/core/run.js';
import { parseStatusRule } from '../../src/core/status.js';
import type { PlannedDelivery } from '../../src/simulate/plan.js';
import { type SimulationPlan, sendPlanned } from '../../src/simulate/simulate.js';
import { Connection } from '../../src/transport/connect.js';
import { planConnection } from '../../src/transport/connectionPlan.js';
import { parseEndpoint } from '../../src/transport/endpoint.js';
import { Exchange } from '../../src/transport/exchange.js';
import { Transport } from '../../src/transport/transport.js';
import { cli } from '../support/cli.js';
import { someDelivery } from '../support/delivery.js';
import { fine, onRequest, rudeServer } from '../support/rude.js';

const rules = {
  timeLimitMs: 10_000,
  timeLimitIsOurs: true,
  success: parseStatusRule('2xx', 'rule'),
  successText: '2xx',
  resend: [],
  disabling: null,
};
const clock = { now: Date.now, sleep: async () => {} };

/** A server that treats its requests in order by these manners, the last one for all that follow; and how many it read. */
async function inOrder(...manners: ((socket: Socket, atOnConnection: number) => void)[]) {
  let requests = 0;
  const server = await rudeServer((socket) => {
    let here = 0;
    onRequest(() => {
      const then = manners[Math.min(requests, manners.length - 1)]!;
      requests++;
      here++;
      then(socket, here);
    })(socket);
  });
  return {
    url: server.url,
    server,
    get requests() {
      return requests;
    },
  };
}

const answer = (socket: Socket) => void socket.write(fine);

function* numbered(url: string, count: number): Generator<PlannedDelivery> {
  for (let i = 1; i <= count; i++) yield { delivery: { ...someDelivery(url), id: `d${i}` }, rules };
}

async function run(deliveries: Iterable<PlannedDelivery>, options: Partial<SimulationPlan> = {}) {
  const events: RunEvent[] = [];
  const transport = options.transport ?? new Transport();
  const fixed = { clock, concurrency: 1, timeLimitMs: null, expect: null };
  for await (const event of sendPlanned({ ...fixed, deliveries, transport, ...options })) events.push(event);
  const ended = events.flatMap((event) => (event.type === 'delivery' ? [event] : []));
  return { events, ended, summary: events.at(-1) as RunEnded };
}

/** A clock for idle connections that stands still until a test moves it. */
function stopped() {
  let ms = 0;
  return {
    now: () => ms,
    pass(more: number) {
      ms += more;
    },
  };
}

describe('a kept connection that the receiver closes', () => {
  it.each([
    ['in good order', (socket: Socket) => socket.end()],
    ['with a reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('%s as the next request is written is told as an attempt, and the request goes out again', async (_, close) => {
    const receiver = await inOrder(answer, (socket) => void close(socket), answer);
    // Time stands still: the close is within 10 ms of the write on any machine.
    const { ended, summary } = await run(numbered(receiver.url, 4), {
      transport: new Transport({ now: stopped().now }),
    });
    expect(ended.map(({ attempts }) => attempts.map(({ status, error }) => status ?? error?.code))).toEqual([
      [200],
      ['CLOSED_WHILE_IDLE', 200],
      [200],
      [200],
    ]);
    expect(ended[1]!.attempts.map(({ number, timing }) => [number, timing.reused])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(ended[1]).toMatchObject({ outcome: 'accepted', ok: true });
    expect(summary).toMatchObject({ sent: 4, accepted: 4, attemptCount: 5, resent: 1 });
    expect(receiver.requests).toBe(5);
    // Connections are kept after it as before.
    expect(ended.slice(2).map(({ attempts }) => attempts[0]!.timing.reused)).toEqual([true, true]);
  });

  it('later than that, without an answer, is a failed attempt and nothing is sent again', async () => {
    const time = stopped();
    const receiver = await inOrder(
      answer,
      (socket) => {
        time.pass(11);
        socket.end();
      },
      answer,
    );
    const { ended, summary } = await run(numbered(receiver.url, 3), { transport: new Transport({ now: time.now }) });
    expect(ended.map(({ attempts }) => attempts.map(({ status, error }) => status ?? error?.code))).toEqual([
      [200],
      ['CLOSED_EARLY'],
      [200],
    ]);
    expect(ended[1]!.outcome).toBe('unreachable');
    expect(summary).toMatchObject({ sent: 3, accepted: 2, attemptCount: 3, resent: 0 });
    expect(receiver.requests).toBe(3);
  });

  it('in the middle of its answer is broken, however soon', async () => {
    const receiver = await inOrder(answer, (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Le'), answer);
    const { ended } = await run(numbered(receiver.url, 2), { transport: new Transport({ now: stopped().now }) });
    expect(ended[1]!.attempts.map(({ error }) => error?.kind)).toEqual(['broken']);
    expect(receiver.requests).toBe(2);
  });

  it('is a failed attempt on a new connection, however soon', async () => {
    const receiver = await inOrder((socket) => void socket.end());
    const { ended } = await run(numbered(receiver.url, 1), { transport: new Transport({ now: stopped().now }) });
    expect(ended[0]!.attempts.map(({ error }) => error?.code)).toEqual(['CLOSED_EARLY']);
    expect(receiver.requests).toBe(1);
  });

  it.each([
    ['in good order', (socket: Socket) => socket.end()],
    ['with a reset', (socket: Socket) => socket.resetAndDestroy()],
  ])('%s before the next request is replaced unseen', async (_, close) => {
    const sockets: Socket[] = [];
    const receiver = await inOrder((socket) => {
      sockets.push(socket);
      answer(socket);
    });
    const transport = new Transport();
    await transport.send(someDelivery(receiver.url), 5000);
    const closed = new Promise((resolve) => sockets[0]!.once('close', resolve));
    close(sockets[0]!);
    await closed;
    const { error, timing } = await transport.send(someDelivery(receiver.url), 5000);
    expect([error, timing.reused, receiver.requests]).toEqual([null, false, 2]);
    transport.close();
  });

  it.each([
    ['was too busy to see it in time', 0, 'CLOSED_WHILE_IDLE'],
    ['has read all that came before', 2, 'CLOSED_EARLY'],
  ])('to a process that %s, %i turns of its loop after the write, is %s', async (_, turns, code) => {
    const time = stopped();
    const settled: (string | undefined)[] = [];
    const { url } = await inOrder(answer);
    const way = planConnection(parseEndpoint(url), { ...directRoute, nameOf: (key) => key });
    const exchange = new Exchange(
      way,
      ({ error }) => settled.push(error?.code),
      () => {},
      time.now,
    );
    const connection = new Connection(way, null, () => {});
    exchange.reuses(connection);
    exchange.onConnect(() => {});
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    time.pass(1000);
    exchange.onError(Object.assign(new Error(), { code: 'ECONNRESET' }));
    connection.abandon();
    expect(settled).toEqual([code]);
  });

  it('goes on with the schedule of retries as if the attempt had not been', async () => {
    const refuse = (socket: Socket) => void socket.write('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
    const receiver = await inOrder(refuse, (socket) => void socket.end(), refuse, refuse, answer);
    const { events, ended, summary } = await run(numbered(receiver.url, 1), {
      transport: new Transport({ now: stopped().now }),
      retry: { delaysMs: [1000, 2000], speed: Number.POSITIVE_INFINITY, respectsDisabling: true },
    });
    const [{ attempts, outcome }] = ended as [(typeof ended)[0]];
    expect(
      attempts.map(({ number, scheduledAtMs, status, error }) => [number, scheduledAtMs, status ?? error?.code]),
    ).toEqual([
      [1, 0, 500],
      [2, 1000, 'CLOSED_WHILE_IDLE'],
      [3, 1000, 500],
      [4, 3000, 500],
    ]);
    expect([outcome, receiver.requests, summary.attemptCount]).toEqual(['rejected', 4, 4]);
    const tries = events.flatMap((event) => (event.type === 'attempt' ? [[event.attempt.number, event.most]] : []));
    expect(tries).toEqual([
      [1, 3],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });
});

describe('an idle connection', () => {
  const keepAlive = (value: string) => (socket: Socket) =>
    void socket.write(`HTTP/1.1 200 OK\r\nKeep-Alive: ${value}\r\nContent-Length: 0\r\n\r\n`);

  it.each([
    ['after 1999 ms', answer, 1999, true],
    ['after 2001 ms', answer, 2001, false],
    ['1001 ms before the receiver closes it', keepAlive('timeout=2, max=100'), 999, true],
    ['999 ms before the receiver closes it', keepAlive('max=100, timeout=2'), 1001, false],
    ['of a receiver that keeps it for a second', keepAlive('timeout=1'), 0, false],
    ['of a receiver that keeps it for an hour, after 2001 ms', keepAlive('timeout=3600'), 2001, false],
  ])('%s', async (_, manners, idleMs, isUsed) => {
    const receiver = await inOrder(manners);
    const time = stopped();
    const transport = new Transport({ now: time.now });
    await transport.send(someDelivery(receiver.url), 5000);
    time.pass(idleMs);
    const { timing } = await transport.send(someDelivery(receiver.url), 5000);
    expect(timing.reused).toBe(isUsed);
    transport.close();
  });
});

describe('bytes that come while nothing is asked', () => {
  const late = 'HTTP/1.1 500 Late\r\nContent-Length: 4\r\n\r\nlate';

  it.each([
    ['another answer', late],
    ['bytes that are no HTTP', 'nonsense'],
    ['the beginning of an answer', 'HTTP/1.1 50'],
  ])('with the answer before them are no answer to the next request: %s', async (_, stray) => {
    const receiver = await inOrder((socket) => void socket.write(fine + stray), answer);
    const { ended, summary } = await run(numbered(receiver.url, 2));
    expect(ended.map(({ attempts }) => attempts.map(({ status, timing }) => [status, timing.reused]))).toEqual([
      [[200, false]],
      [[200, false]],
    ]);
    expect(ended.map(({ attempts }) => attempts[0]!.warnings?.map(({ code }) => code))).toEqual([
      ['STRAY_BYTES'],
      undefined,
    ]);
    expect(summary).toMatchObject({ accepted: 2, warnings: 1 });
  });

  it('later are told with the id of the delivery whose answer they followed', async () => {
    const sockets: Socket[] = [];
    const receiver = await inOrder((socket) => {
      sockets.push(socket);
      answer(socket);
    });
    const events: RunEvent[] = [];
    const transport = new Transport();
    async function* deliveries(): AsyncGenerator<PlannedDelivery> {
      const [first, second] = numbered(receiver.url, 2) as Iterable<PlannedDelivery> as [
        PlannedDelivery,
        PlannedDelivery,
      ];
      yield first;
      const [socket] = sockets as [Socket];
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(late);
      await closed;
      yield second;
    }
    const options = { deliveries: deliveries(), transport, clock, concurrency: 1, timeLimitMs: null, expect: null };
    for await (const event of sendPlanned(options)) events.push(event);
    expect(events.map((event) => (event.type === 'delivery' ? event.attempts[0]!.status : event.type))).toEqual([
      200,
      200,
      'warning',
      'summary',
    ]);
    expect(events[2]).toMatchObject({ type: 'warning', code: 'STRAY_BYTES', id: 'd1' });
    expect(events[3]).toMatchObject({ accepted: 2, warnings: 1 });
    expect(sockets.length).toBe(2);
  });
});

describe('the reports of send', () => {
  it('tell both attempts, warnings, and count them', async () => {
    const receiver = await inOrder((socket, here) => void (here === 1 ? answer(socket) : socket.end()));
    const send = ['send', 'scalev', 'order.created', '--count', '2', '--to', receiver.url];
    const { json, exitCode } = await cli([...send, '--json', '-q']);
    const [first, second, summary] = json;
    expect(first.attempts).toHaveLength(1);
    // On a machine that stalls, the close is seen later and is a failure.
    if (second.attempts[0].error.code === 'CLOSED_WHILE_IDLE') {
      expect(second.attempts).toHaveLength(2);
      expect([exitCode, summary.attemptCount, summary.resent]).toEqual([0, 3, 1]);
    } else {
      expect([exitCode, summary.attemptCount, summary.resent]).toEqual([3, 2, 0]);
    }
    expect(receiver.requests).toBe(summary.attemptCount);
  });

  it('tell a person of a stray answer', async () => {
    const receiver = await inOrder((socket) => void socket.write(fine + fine));
    const { stdout, exitCode } = await cli(['send', 'scalev', 'order.created', '--count', '2', '--to', receiver.url]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('warning (STRAY_BYTES): 127.0.0.1:');
    expect(stdout).toContain('2 warnings');
  });
});
