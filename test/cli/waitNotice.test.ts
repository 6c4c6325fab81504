import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io/io.js';
import { showWaiting } from '../../src/cli/io/showWaiting.js';
import { WaitNotice } from '../../src/cli/io/waitNotice.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { terminal } from '../support/terminal.js';

beforeAll(bundleCli);

const erase = '\r\u001b[K';

/** A terminal, and a clock that goes on when it is told to. */
function watched() {
  const written: string[] = [];
  let now = 0;
  let sleeping: { until: number; wake: () => void }[] = [];
  const clock = {
    now: () => now,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        sleeping.push({ until: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  const output = { write: (text: string) => void written.push(text), isTTY: true, columns: 40 };
  const notice = new WaitNotice(output, clock);
  const pass = async (ms: number) => {
    for (const end = now + ms; now < end; ) {
      now += 100;
      for (const { until, wake } of sleeping) if (until <= now) wake();
      sleeping = sleeping.filter(({ until }) => until > now);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const work = (ms: number) => {
    now += ms;
  };
  return { written, output, notice, pass, work };
}

describe('what is waited for', () => {
  it('is shown after a second without output, and taken away by what is written', async () => {
    const { written, output, notice, pass } = watched();
    const above = notice.above(output);
    const waiting = notice.begin('Waiting for an answer');
    await pass(900);
    expect(written).toEqual([]);
    await pass(1100);
    expect(written.splice(0)).toEqual([`${erase}Waiting for an answer (1 s)`, `${erase}Waiting for an answer (2 s)`]);
    above.write('a line\n');
    expect(written.splice(0)).toEqual([erase, 'a line\n']);
    await pass(900);
    waiting.update('Waiting for another one, whose name is too long');
    await pass(200);
    expect(written.splice(0)).toEqual([`${erase}Waiting for another one, whose … (1 s)`]);
    waiting.end();
    expect(written.splice(0)).toEqual([erase]);
    await pass(3000);
    above.write('the end\n');
    expect(written).toEqual(['the end\n']);
  });

  it('is shown by work that lets no timer run, once a second', () => {
    const { written, output, notice, work } = watched();
    const waiting = notice.begin('Searching');
    const seen = [500, 499, 1, 600, 400].map((ms) => {
      work(ms);
      waiting.show();
      return written.splice(0);
    });
    expect(seen).toEqual([[], [], [`${erase}Searching (1 s)`], [], [`${erase}Searching (2 s)`]]);
    notice.above(output).write('found\n');
    waiting.show();
    expect(written).toEqual([erase, 'found\n']);
  });

  it.each([
    ['with --json', { json: true }, {}, true],
    ['with --quiet', { quiet: true }, {}, true],
    ['in a CI', {}, { CI: 'true' }, true],
    ['on a dumb terminal', {}, { TERM: 'dumb' }, true],
    ['where no terminal is', {}, {}, false],
  ])('is not shown %s', async (_, options, env, isTTY) => {
    const { written, output, notice, pass } = watched();
    const waiting = showWaiting('Waiting', options, { waitNotice: notice, stderr: { ...output, isTTY }, env } as Io);
    await pass(2000);
    waiting.end();
    expect(written).toEqual([]);
  });

  it.each([[['send']], [['check', '--only', 'plain']]])('is told by %s', async ([command, ...flags]) => {
    const held: (() => void)[] = [];
    const server = createServer((_, response) => void held.push(() => response.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const argv = [command!, 'scalev', 'order.created', '--to', address, '--timeout', '1m', ...flags];
    const person = terminal(argv, { cwd: folderOf({}) });
    await person.see(
      command === 'send' ? `Waiting for http://${address}/ to answer (1 s)` : `Checking http://${address}/`,
    );
    for (const answer of held) answer();
    await person.ended;
    expect(person.raw).toMatch(/\r\u001b\[K(?!.*(Waiting|Checking))/s);
  });
});

describe('a search', () => {
  /** A clock that goes on by a millisecond with each look at it, and whose sleepers never wake. */
  const hasty = () => {
    let now = Date.parse('2026-01-31T09:00:00Z');
    return { now: () => ++now, sleep: () => new Promise<void>(() => {}) };
  };
  const request = `POST / HTTP/1.1\nX-GitHub-Event: push\nX-Hub-Signature-256: sha256=${'0f'.repeat(32)}\n\n{"ref":"refs/heads/main"}`;
  const files = {
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'push.http': request,
    'webhooks/acme/provider.yaml':
      "name: acme\nheaders: { X-Sign: '{sign}' }\nsignatures: { sign: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex } }\n",
    'webhooks/acme/events/paid.json': '{"type":"paid"}',
    'webhooks/acme/vectors.json': JSON.stringify([
      { name: 'one', event: 'paid', secret: 'k', headers: { 'X-Sign': '0f'.repeat(32) }, body: '{"type":"paid"}' },
    ]),
  };

  it.each([
    ['verify', ['github', 'push.http', '--secret', 'wrong'], 'Looking for what explains the signature'],
    ['provider', ['new', 'other', '--from', 'push.http', '--secret', 'wrong'], 'Looking for how the request is signed'],
    ['provider', ['test', 'acme'], 'Testing the providers'],
  ])('of %s says what it does, on a terminal alone', async (command, words, notice) => {
    const run = (options: object, ...more: string[]) =>
      cli([command, ...words, ...more], { cwd: folderOf(files), clock: hasty(), stdin: '', ...options });
    const person = await run({ isTTY: true, env: { TERM: 'xterm' } });
    expect(person.stderr).toContain(`${erase}${notice} (1 s)`);
    expect(person.stderr.split(erase).at(-1)).not.toContain(notice);
    expect((await run({})).stderr).not.toContain(notice);
    expect((await run({ isTTY: true, env: { CI: 'true' } })).stderr).not.toContain(notice);
  });
});
