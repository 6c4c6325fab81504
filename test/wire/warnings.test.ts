import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { fine, onRequest, type RudeServer, rudeServer } from '../support/rude.js';

/** Answers each request, and after the last one of a run sends bytes that nobody asked for, when that answer has been told. */
function strayAfter(requests: number): Promise<RudeServer> {
  let seen = 0;
  return rudeServer(
    onRequest((socket: Socket) => {
      socket.write(fine);
      if (++seen === requests) setImmediate(() => setImmediate(() => socket.write(fine)));
    }),
  );
}

/** A server that sends more after each answer. */
const strayWithEach = () => rudeServer(onRequest((socket) => void socket.write(fine + fine)));

const codes = (attempts: { warnings?: { code: string }[] }[]) =>
  attempts.flatMap(({ warnings = [] }) => warnings.map(({ code }) => code));

describe('bytes that came while nothing was asked', () => {
  it('are on the delivery of a flow, and counted', async () => {
    const { url } = await strayWithEach();
    const { json } = await cli(['flow', 'bharatcart', 'order', '--to', url, '--json', '-q']);
    const deliveries = json.filter(({ type }) => type === 'delivery');
    expect(deliveries.length).toBeGreaterThan(1);
    expect(deliveries.flatMap(({ attempts }) => codes(attempts))).toEqual(deliveries.map(() => 'STRAY_BYTES'));
    expect(json.at(-1)).toMatchObject({ type: 'summary', warnings: deliveries.length });
  });

  it('are on the attempts of a check', async () => {
    const { url } = await strayWithEach();
    const { json } = await cli(['check', 'scalev', '--to', url, '--only', '20-at-once', '--json', '-q']);
    const cases = json.filter(({ type }) => type === 'case');
    expect(cases.flatMap(({ attempts }) => codes(attempts)).length).toBeGreaterThan(0);
    expect(json.at(-1).type).toBe('check-summary');
  });

  it('are in the lines of a suite, and told to a person', async () => {
    const { url } = await strayWithEach();
    const suite = `target: ${url}\ncases: [{ send: scalev order.created }]\n`;
    const cwd = folderOf({ 'smoke.webhooks.yaml': suite });
    const lines = await cli(['run', '--json', '-q'], { cwd });
    expect(codes(lines.json[0].attempts)).toEqual(['STRAY_BYTES']);
    expect(lines.json.at(-1)).toMatchObject({ type: 'summary', warnings: 1 });
    const { stdout } = await cli(['run', '-q'], { cwd });
    expect(stdout).toContain('warning (STRAY_BYTES): 127.0.0.1:');
  });

  it('that come after the last line of send are never lost where the count tells them', async () => {
    const { url } = await strayAfter(2);
    const { json } = await cli(['send', 'scalev', 'order.created', '--count', '2', '--to', url, '--json', '-q']);
    const warnings = json.filter(({ type }) => type === 'warning').length;
    const summary = json.at(-1);
    expect(summary.warnings).toBe(
      warnings + codes(json.flatMap(({ attempts = [] }) => (Array.isArray(attempts) ? attempts : []))).length,
    );
  });
});

describe('--no-keep-alive', () => {
  it.each([
    [[], 3],
    [['--keep-alive'], 1],
  ])('is what keepAlive: false of a target says, unless there is %j', async (flags, connections) => {
    const server = await rudeServer(onRequest((socket) => void socket.write(fine)));
    const config = JSON.stringify({ targets: { mine: { url: server.url, keepAlive: false } } });
    const cwd = folderOf({ 'webhook-sim.config.json': config });
    const argv = ['send', 'scalev', 'order.created', '--count', '3', '--to', 'mine', '--json', '-q', ...flags];
    const { exitCode } = await cli(argv, { cwd });
    expect([server.connections, exitCode]).toEqual([connections, 0]);
  });

  it.each([
    [[], 'keep-alive', 1],
    [['--no-keep-alive'], 'close', 3],
  ])('with %j the receiver is told Connection: %s and sees %i connections', async (flags, expected, connections) => {
    const heads: string[] = [];
    const server = await rudeServer((socket) => {
      socket.on('data', (chunk: Buffer) => heads.push(chunk.toString('latin1')));
      onRequest((asked) => void asked.write(fine))(socket);
    });
    const argv = ['send', 'scalev', 'order.created', '--count', '3', '--to', server.url, '--json', '-q', ...flags];
    const { json, exitCode } = await cli(argv);
    const connection = heads.join('').match(/^connection: .*$/gim);
    expect(connection?.map((line) => line.toLowerCase().trim())).toEqual(Array(3).fill(`connection: ${expected}`));
    expect([server.connections, exitCode]).toEqual([connections, 0]);
    expect(json.slice(0, 3).map(({ attempts }) => attempts[0].timing.reused)).toEqual(
      connections === 1 ? [false, true, true] : [false, false, false],
    );
  });
});
