import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { folderOf } from '../support/folder.js';
import { bundleCli, bundledCli } from '../support/process.js';

beforeAll(bundleCli);

const secret = 'the-secret-of-the-flood';
const body = readFileSync(join(import.meta.dirname, '../../payloads/github/events/push.json'));
const hmac = (hash: string) => createHmac(hash, secret).update(body).digest('hex');
const head = [
  'POST /webhooks HTTP/1.1',
  'Host: 127.0.0.1',
  'Content-Type: application/json',
  'X-GitHub-Event: push',
  `X-Hub-Signature: sha1=${hmac('sha1')}`,
  `X-Hub-Signature-256: sha256=${hmac('sha256')}`,
  `Content-Length: ${body.length}`,
].join('\r\n');
const requestOf = (id: number) =>
  Buffer.concat([Buffer.from(`${head}\r\nX-GitHub-Delivery: ${String(id).padStart(12, '0')}\r\n\r\n`), body]);

/** Sends signed pushes over as many connections as fast as they are answered; the number of those answered with 200. */
async function flood(port: number, count: number, first: number, connections = 32): Promise<number> {
  let next = first;
  let accepted = 0;
  const send = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').setNoDelay(true);
      const more = () => (next < first + count ? socket.write(requestOf(next++)) : socket.end());
      socket.on('data', (answer) => {
        if (answer.includes('HTTP/1.1 200 ')) accepted++;
        more();
      });
      socket.on('error', reject).on('close', () => resolve());
      more();
    });
  await Promise.all(Array.from({ length: connections }, send));
  return accepted;
}

/** A server that reads each request and answers 200, as small as Node makes it. */
const bareServer = `require('node:http').createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'Content-Length': 0 }).end());
}).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port + '/'); })`;

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly lines: string[];
  readonly ended: Promise<number | null>;
}

async function start(argv: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, argv, {
    cwd: folderOf({}),
    env: { PATH: process.env.PATH ?? '', XDG_STATE_HOME: folderOf({}), GITHUB_WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines: string[] = [];
  const port = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      lines.push(line);
      const [, found] = /127\.0\.0\.1:(\d+)\//.exec(line) ?? [];
      if (found !== undefined && lines.length === 1) resolve(Number(found));
    });
  });
  return { child, port: await port, lines, ended };
}

const procOf = ({ child }: Started, file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');

/** The time of a process on the processor, in ticks of a hundredth of a second. */
function ticks(started: Started): number {
  const fields = procOf(started, 'stat').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

const peakMiB = (started: Started) => Number(/VmHWM:\s+(\d+)/.exec(procOf(started, 'status'))![1]) / 1024;

const total = 10_000;

it.skipIf(!existsSync('/proc/self/stat'))(
  'takes ten thousand requests as fast as they come: loses none, at a few times the cost of a bare server, in memory that does not grow with them',
  async () => {
    const bare = await start(['-e', bareServer]);
    const listen = await start([bundledCli, 'listen', '--port', '0', '--json', '--count', String(total)]);
    // In turns, so that what else the machine does meanwhile is the same for both; the first round is to get warm.
    const rounds = 5;
    let [costOfBare, costOfListen, accepted, early] = [0, 0, 0, 0];
    for (let round = 0; round < rounds; round++) {
      const count = total / rounds;
      for (const [server, started] of [
        ['bare', bare],
        ['listen', listen],
      ] as const) {
        const isLast = server === 'listen' && round === rounds - 1;
        const before = ticks(started);
        const taken = await flood(started.port, count - (isLast ? 1 : 0), round * count);
        const cost = ticks(started) - before;
        if (server === 'listen') accepted += taken;
        if (round === 0) continue;
        if (server === 'bare') costOfBare += cost;
        else costOfListen += cost;
      }
      if (round === 1) early = peakMiB(listen);
    }
    const grown = peakMiB(listen) - early;
    accepted += await flood(listen.port, 1, total - 1, 1);
    expect(await listen.ended).toBe(0);
    const received = listen.lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'received');
    expect([accepted, received.length]).toEqual([total, total]);
    expect(new Set(received.map(({ deliveryId }) => deliveryId)).size).toBe(total);
    expect(received.every(({ verdict, number }, at) => verdict === 'genuine' && number === at + 1)).toBe(true);
    expect(grown).toBeLessThan(64);
    expect(costOfListen / costOfBare).toBeLessThan(12);
  },
);
