import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const place = () => ({ cwd: folderOf({}), env: { XDG_STATE_HOME: folderOf({}) } });

it('prints its address with a token of its own, and ends with Ctrl-C', async () => {
  const start = (signal: string, ...flags: string[]) =>
    cli(['ui', '--port', '0', ...flags], { ...place(), signal: AbortSignal.abort(signal) });
  const plain = await start('SIGINT');
  expect(plain.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  expect([plain.exitCode, plain.stderr]).toEqual([0, 'Open this address in a browser; Ctrl-C ends it.\n']);
  const json = await start('SIGTERM', '--json', '-q');
  expect(json.json).toEqual([{ schemaVersion: 1, type: 'ui', url: expect.stringContaining('#token=') }]);
  expect([json.exitCode, json.stderr]).toEqual([143, '']);
  expect(json.stdout).not.toContain(plain.stdout.split('token=')[1]!.trim());
});

it('ends with 2 where the port is taken, or the config is wrong', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const taken = await cli(['ui', '--port', String(port)], place());
  expect([taken.exitCode, taken.stdout]).toEqual([2, '']);
  expect(taken.stderr).toBe(`webhook-sim: Port ${port} is in use. Name another with --port; 0 takes any free one.\n`);
  const cwd = folderOf({ 'webhook-sim.config.yaml': 'targts: {}\n' });
  expect((await cli(['ui', '--port', '0'], { ...place(), cwd })).exitCode).toBe(2);
});

it.runIf(process.platform === 'linux')('opens the browser without a token in its arguments', async () => {
  const folder = folderOf({
    'xdg-open': '#!/bin/sh\nprintf %s "$1" > "$OUT.args"; cat "$1" > "$OUT.tmp"; mv "$OUT.tmp" "$OUT"\n',
  });
  chmodSync(join(folder, 'xdg-open'), 0o755);
  const out = join(folder, 'out');
  const stop = new AbortController();
  const { cwd, env } = place();
  const ended = cli(['ui', '--port', '0', '--open'], {
    cwd,
    env: { ...env, OUT: out, PATH: `${folder}:/usr/bin:/bin` },
    signal: stop.signal,
  });
  await expect.poll(() => existsSync(out), { timeout: 20_000 }).toBe(true);
  stop.abort('SIGINT');
  const { stdout, exitCode } = await ended;
  expect(exitCode).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain(`content="0; url=${stdout.trim()}"`);
  const file = readFileSync(`${out}.args`, 'utf8');
  expect(file).toMatch(/^\/.*\/webhook-sim-[^/]+\/open\.html$/);
  expect(existsSync(file)).toBe(false);
});
