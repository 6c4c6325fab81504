import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { check } from '../../src/index.js';
import { Transport } from '../../src/transport/transport.js';
import { projectFolder } from '../handshake/receivers.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { fine, onRequest, rudeServer } from '../support/rude.js';

/** Answers each request; when all deliveries have ended and been told, each connection that is kept gets bytes that nobody asked for. */
async function strayWhenAllIsTold(): Promise<string> {
  const open = new Set<Socket>();
  const server = await rudeServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    onRequest((asked) => void asked.write(fine))(socket);
  });
  const original = Transport.prototype.conclude;
  const concluded = vi.spyOn(Transport.prototype, 'conclude').mockImplementation(async function (this: Transport) {
    const ended = [...open].map((socket) => new Promise((resolve) => socket.on('close', resolve)));
    for (const socket of open) socket.write(fine);
    await Promise.all(ended);
    return original.call(this);
  });
  onTestFinished(() => concluded.mockRestore());
  return server.url;
}

const commands: [string, (url: string) => { argv: string[]; cwd?: string }][] = [
  ['send', (url) => ({ argv: ['send', 'scalev', 'order.created', '--count', '2', '--to', url] })],
  ['flow', (url) => ({ argv: ['flow', 'bharatcart', 'order', '--to', url] })],
  ['check', (url) => ({ argv: ['check', 'scalev', '--only', 'same-twice', '--to', url] })],
  ['handshake', (url) => ({ argv: ['handshake', 'slack', '--to', url], cwd: projectFolder() })],
  [
    'run',
    (url) => ({
      argv: ['run'],
      cwd: folderOf({ 'smoke.webhooks.yaml': `target: ${url}\ncases: [{ send: scalev order.created }]\n` }),
    }),
  ],
];

describe.each(commands)('a stray answer after the last line of %s', (_, commandFor) => {
  it('is a line with the id of its delivery, and counted in the summary', async () => {
    const { argv, cwd } = commandFor(await strayWhenAllIsTold());
    const { json } = await cli([...argv, '--json', '-q'], cwd === undefined ? {} : { cwd });
    const warnings = json.filter(({ type }) => type === 'warning');
    expect(warnings.map(({ code, id }) => [code, typeof id])).toEqual(warnings.map(() => ['STRAY_BYTES', 'string']));
    expect(warnings.length).toBeGreaterThan(0);
    expect(json.at(-1).warnings).toBe(warnings.length);
    expect(json.at(-1).type).toMatch(/summary$/);
  });

  it('is told to a person, and counted', async () => {
    const { argv, cwd } = commandFor(await strayWhenAllIsTold());
    const { stdout } = await cli(argv, cwd === undefined ? {} : { cwd });
    expect(stdout).toMatch(/Warning \(STRAY_BYTES\) on delivery \S+: 127\.0\.0\.1:/);
    expect(stdout).toMatch(/\b\d+ warnings?\b/);
  });
});

it('is in the reports of a suite, too', async () => {
  const url = await strayWhenAllIsTold();
  const suite = `target: ${url}\ncases: [{ send: scalev order.created }]\n`;
  for (const kind of ['junit', 'tap', 'sarif', 'html', 'har', 'json']) {
    const cwd = folderOf({ 'smoke.webhooks.yaml': suite });
    const { stdout, exitCode } = await cli(['run', '--report', `${kind}=-`, '-q'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout, kind).toMatch(/STRAY_BYTES/);
  }
});

it('is an event of a check of the library', async () => {
  const url = await strayWhenAllIsTold();
  const events = [];
  for await (const event of check({ provider: 'scalev', url, only: ['same-twice'] })) events.push(event);
  const warnings = events.filter(({ type }) => type === 'warning');
  expect(warnings.length).toBeGreaterThan(0);
  expect(events.at(-1)).toMatchObject({ type: 'check-summary', warnings: warnings.length });
});
