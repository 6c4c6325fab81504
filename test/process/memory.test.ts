import { beforeAll, expect, it } from 'vitest';
import { runShell } from '../support/child.js';
import { bundleCli, runProcess } from '../support/process.js';
import { answering, polite, rudeServer } from '../support/rude.js';

beforeAll(bundleCli);

const limit = 250_000_000;
const send = ['send', 'scalev', 'order.created', '-q', '--concurrency', '20', '--to'];

it('20,000 deliveries need less than 250 MB', async () => {
  const { url } = await rudeServer(polite);
  const { exitCode, stdout, stderr, peakBytes } = await runProcess([...send, url, '--count', '20000', '--json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/20,?000/);
  expect(peakBytes).toBeLessThan(limit);
});

it('1,000 answers of 1 MiB need less than 250 MB', async () => {
  const answer = Buffer.alloc(1024 * 1024 + 60, 'x');
  answer.write('HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n');
  const { url } = await rudeServer(answering(answer));
  const { exitCode, peakBytes } = await runProcess([...send, url, '--count', '1000']);
  expect(exitCode).toBe(0);
  expect(peakBytes).toBeLessThan(limit);
});

it('a reader that does not read holds up the sender and does not fill its memory', async () => {
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: 65536\r\n\r\n${'x'.repeat(65_536)}`;
  let answers = 0;
  const { url } = await rudeServer((socket) => {
    answering(answer)(socket);
    socket.on('data', () => answers++);
  });
  const { stdout } = await runShell(
    'cli send scalev order.created -q --json --concurrency 20 --count 20000 --to "$1" | { sleep 3; head -2; } | wc -l',
    [url],
  );
  expect(stdout.trim()).toBe('2');
  expect(answers).toBeLessThan(2000);
});
