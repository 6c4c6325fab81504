import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { freePort } from '../support/rude.js';

const hasStarman = spawnSync('starman', ['--version']).status === 0;
const app = "sub { [200, ['Content-Type', 'text/plain'], ['ok']] };\n";

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== undefined));
    socket.on('error', () => resolve(false));
  });

/** Starman with two workers, each of which serves one connection until that ends. */
async function starman(): Promise<string> {
  const port = await freePort();
  const file = join(folderOf({ 'app.psgi': app }), 'app.psgi');
  const server = spawn('starman', ['--workers', '2', '--listen', `127.0.0.1:${port}`, file], { stdio: 'ignore' });
  onTestFinished(() => void server.kill());
  while (!(await listens(port))) await pause(50);
  return `http://127.0.0.1:${port}/`;
}

describe.skipIf(!hasStarman)('a server of two workers that keep their connections', () => {
  it.each([
    [[], true],
    [['--no-keep-alive'], false],
  ])('answers 20 at once with %j', async (flags, isTold) => {
    const send = ['send', 'scalev', 'order.created', '--count', '60', '--concurrency', '20', '--to', await starman()];
    const { json, exitCode } = await cli([...send, '--json', '-q', ...flags]);
    expect([exitCode, json.at(-1).accepted]).toEqual([0, 60]);
    const codes = json.filter(({ type }) => type === 'warning').map(({ code }) => code);
    expect(codes).toEqual(isTold ? ['WAITED_BEHIND_CONNECTIONS'] : []);
  });

  it('passes the case 20-at-once of a check', async () => {
    const name = '20-at-once';
    const { json } = await cli(['check', 'scalev', '--only', name, '--to', await starman(), '--json', '-q']);
    const tried = json.find((line) => line.type === 'case' && line.name === name);
    expect([tried.verdict, tried.attempts.every(({ status }: { status: number }) => status === 200)]).toEqual([
      'passed',
      true,
    ]);
    const findings = json.at(-1).findings.map((finding: { name: string }) => finding.name);
    expect(findings).not.toContain('falls-over-under-load');
    expect(findings).not.toContain('one-at-a-time');
  });
});
