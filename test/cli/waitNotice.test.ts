import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io/io.js';
import { showWaiting } from '../../src/cli/io/showWaiting.js';
import { WaitNotice } from '../../src/cli/io/waitNotice.js';
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
  return { written, output, notice, pass };
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
