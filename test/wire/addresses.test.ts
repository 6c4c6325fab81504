import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type net from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ConnectMeans, connectToName } from '../../src/transport/connectToName.js';
import { cli } from '../support/cli.js';

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
const v4 = { address: '192.0.2.4', family: 4 };
const v6 = { address: '2001:db8::6', family: 6 };

/** The behaviour of an address, so many milliseconds after the connection attempt; a black hole never answers. */
type Address = { readonly afterMs: number; readonly is: 'open' | string } | 'black hole';

/** A network in which time passes only as told: who was asked when, and which sockets were closed. */
function network(addresses: Record<string, Address>, order = [v4, v6]) {
  let now = 0;
  const due: { at: number; go: () => void }[] = [];
  const asked: [string, number][] = [];
  const closed: string[] = [];
  const plan = (ms: number, go: () => void) => void due.push({ at: now + ms, go });
  const means: ConnectMeans = {
    lookUp: async () => order,
    connect: (address) => {
      asked.push([address, now]);
      const socket = Object.assign(new EventEmitter(), { address, destroy: () => void closed.push(address) });
      const does = addresses[address]!;
      if (does !== 'black hole') {
        plan(does.afterMs, () => {
          if (does.is === 'open') socket.emit('connect');
          else socket.emit('error', Object.assign(new Error(does.is), { code: does.is }));
        });
      }
      return socket as unknown as net.Socket;
    },
    after: (ms, signal, then) => plan(ms, () => !signal.aborted && then()),
  };
  /** Lets time pass until so late. */
  const until = async (ms: number) => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      due.sort((a, b) => a.at - b.at);
      if (!due[0] || due[0].at > ms) break;
      now = due[0].at;
      due.shift()!.go();
    }
    now = ms;
  };
  return { means, asked, closed, until };
}

/** Connects within a time limit; resolves with the address, the code of the failure, or TIMED_OUT. */
async function connected(net: ReturnType<typeof network>, limitMs: number): Promise<string> {
  const limit = new AbortController();
  const result = connectToName({ host: 'localhost', port: 80, signal: limit.signal, looked() {} }, net.means).then(
    (socket) => (socket as unknown as { address: string }).address,
    (error) => error.code ?? 'TIMED_OUT',
  );
  await net.until(limitMs);
  limit.abort(new Error('late'));
  return result;
}

describe('the addresses of a name', () => {
  it('are tried 250 ms apart, beginning with the first, and none is given up for the next', async () => {
    const net = network({
      [v4.address]: { afterMs: 1100, is: 'open' },
      [v6.address]: { afterMs: 0, is: 'ECONNREFUSED' },
    });
    expect(await connected(net, 5000)).toBe(v4.address);
    expect(net.asked).toEqual([
      [v4.address, 0],
      [v6.address, 250],
    ]);
  });

  it('are open by the second where the first is a black hole, whose socket is closed', async () => {
    const net = network({ [v4.address]: 'black hole', [v6.address]: { afterMs: 5, is: 'open' } });
    expect(await connected(net, 5000)).toBe(v6.address);
    expect(net.closed).toEqual([v4.address]);
  });

  it('may both be slow', async () => {
    const net = network({ [v4.address]: { afterMs: 3000, is: 'open' }, [v6.address]: { afterMs: 3500, is: 'open' } });
    expect(await connected(net, 5000)).toBe(v4.address);
    expect(net.closed).toEqual([v6.address]);
  });

  it('are given up at the deadline, and not before, where one is silent and one rejects', async () => {
    const net = network({ [v4.address]: 'black hole', [v6.address]: { afterMs: 0, is: 'ECONNREFUSED' } });
    expect(await connected(net, 60_000)).toBe('TIMED_OUT');
    expect(net.closed).toEqual([v4.address]);
  });

  it('are tried at once where one rejects', async () => {
    const net = network({ [v4.address]: { afterMs: 1, is: 'ECONNREFUSED' }, [v6.address]: { afterMs: 1, is: 'open' } });
    expect(await connected(net, 5000)).toBe(v6.address);
    expect(net.asked[1]).toEqual([v6.address, 1]);
  });

  it.each([
    ['ECONNREFUSED', 'EADDRNOTAVAIL', 'ECONNREFUSED'],
    ['ENETUNREACH', 'ECONNREFUSED', 'ECONNREFUSED'],
    ['ETIMEDOUT', 'ECONNREFUSED', 'ETIMEDOUT'],
    ['ECONNREFUSED', 'ECONNRESET', 'ECONNRESET'],
    ['EMFILE', 'ECONNREFUSED', 'EMFILE'],
  ])('that fail with %s and %s are told as %s', async (first, second, expected) => {
    const net = network({ [v4.address]: { afterMs: 1, is: first }, [v6.address]: { afterMs: 1, is: second } });
    expect(await connected(net, 5000)).toBe(expected);
  });

  it('alternate between the families', async () => {
    const others = [5, 6].map((last) => ({ address: `192.0.2.${last}`, family: 4 }));
    const all = [v4, ...others, v6];
    const net = network(Object.fromEntries(all.map(({ address }) => [address, 'black hole'])), all);
    expect(await connected(net, 5000)).toBe('TIMED_OUT');
    expect(net.asked).toEqual([
      [v4.address, 0],
      [v6.address, 250],
      ['192.0.2.5', 500],
      ['192.0.2.6', 750],
    ]);
  });
});

/** A server on 127.0.0.1 with a backlog of 5, of which it takes nothing for a while: the system drops what comes meanwhile. */
const slowToAccept = `
import socket, threading, time
server = socket.create_server(('127.0.0.1', 0), backlog=5)
print(server.getsockname()[1], flush=True)
time.sleep(1.5)
def serve(connection):
    data = b''
    while True:
        while b'\\r\\n\\r\\n' not in data:
            more = connection.recv(65536)
            if not more: return connection.close()
            data += more
        head, _, data = data.partition(b'\\r\\n\\r\\n')
        length = int([l for l in head.lower().split(b'\\r\\n') if l.startswith(b'content-length:')][0][15:])
        while len(data) < length: data += connection.recv(65536)
        data = data[length:]
        connection.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok')
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
`;

it.runIf(hasIpv6)(
  '20 at once to localhost are all taken by a receiver with a backlog of 5',
  async () => {
    const server = spawn('python3', ['-c', slowToAccept], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void server.kill());
    const port = Number(await new Promise((resolve) => server.stdout.once('data', (data) => resolve(String(data)))));
    const args = ['--count', '20', '--concurrency', '20', '--timeout', '60s', '--json', '-q'];
    const { json, exitCode } = await cli([
      'send',
      'scalev',
      'order.created',
      '--to',
      `http://localhost:${port}`,
      ...args,
    ]);
    expect(json.slice(0, -1).map(({ attempts }) => attempts[0].error ?? attempts[0].status)).toEqual(
      Array(20).fill(200),
    );
    expect([exitCode, json.at(-1).accepted, json.at(-1).warnings]).toEqual([0, 20, 0]);
    // What was dropped comes a second later: nobody else would have it in this test.
    const slowest = Math.max(...json.slice(0, -1).map(({ attempts }) => attempts[0].timing.connectMs ?? 0));
    expect(slowest).toBeGreaterThan(900);
  },
  90_000,
);
