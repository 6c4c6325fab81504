import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { runCli, runShell } from '../support/child.js';
import { bundleCli, runProcess } from '../support/process.js';
import { polite, rudeServer } from '../support/rude.js';

let folder: string;
const path = (name: string) => join(folder, name);
const odd = 'a path  with spaces – ünïcödé 日本 \u{1f984} \'"$(echo no)\n;.json';
const body = '{"event":"order.created","text":"ü"}';

beforeAll(bundleCli);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'webhook-sim input ü '));
  writeFileSync(path(odd), body);
  writeFileSync(path(`${odd}.secret`), 'geheim-ü\n');
  writeFileSync(path('huge.json'), '');
  truncateSync(path('huge.json'), 100 * 1024 * 1024);
  symlinkSync('loop', path('loop'));
  writeFileSync(path('locked.json'), body);
  chmodSync(path('locked.json'), 0);
  execFileSync('mkfifo', [path('pipe')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const send = ['send', 'scalev', 'order.created', '-q', '--to'];

describe('a path', () => {
  it.each(['relative', 'absolute'])('with spaces, quotes and other alphabets is read: %s', async (kind) => {
    const server = await captureServer();
    const name = kind === 'relative' ? odd : path(odd);
    const { exitCode, stderr } = await runCli(
      [...send, server.url, '--data', name, '--secret', `file:${name}.secret`],
      { cwd: folder, env: { LC_ALL: 'C' } },
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(server.requests[0]!.body.toString()).toBe(body);
    const hmac = ['dgst', '-sha256', '-hmac', 'geheim-ü', '-binary'];
    const expected = execFileSync('openssl', hmac, { input: body }).toString('base64');
    expect(server.requests[0]!.header('X-Scalev-Hmac-Sha256')).toBe(expected);
  });

  it.runIf(process.platform === 'linux')('that does not end is rejected before it fills the memory', async () => {
    const server = await captureServer();
    for (const input of [
      ['--data', '/dev/zero'],
      ['--raw', '/dev/zero'],
      ['--secret', 'file:/dev/zero'],
      ['--data', path('huge.json')],
      ['--raw', path('huge.json')],
    ]) {
      const { exitCode, stdout, stderr, peakBytes } = await runProcess([...send, server.url, ...input]);
      expect(stderr).toMatch(/^webhook-sim: .* holds more than 32 MiB\. .*\n$/);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(peakBytes).toBeLessThan(400_000_000);
    }
    expect(server.requests).toEqual([]);
  });

  it.each(['--data -', '--raw -', '--secret -'])('for which standard input does not end: %s', async (flags) => {
    const { exitCode, stderr } = await runShell(`cli send scalev order.created ${flags} < /dev/zero`);
    expect(stderr).toMatch(/^webhook-sim: .* holds more than 32 MiB\. .*\n$/);
    expect(exitCode).toBe(2);
  });

  it('just below the limit is sent', async () => {
    const { url } = await rudeServer(polite);
    const large = path('large.bin');
    writeFileSync(large, Buffer.alloc(32 * 1024 * 1024, 'x'));
    const { exitCode, stdout } = await runCli([...send, url, '--raw', large, '--json']);
    expect(JSON.parse(stdout.split('\n')[0]!).request.bytes).toBe(32 * 1024 * 1024);
    expect(exitCode).toBe(0);
  });

  it('of a named pipe is read to its end', async () => {
    const server = await captureServer();
    const [ended] = await Promise.all([
      runCli([...send, server.url, '--data', path('pipe')]),
      runShell('{ printf %s "$2" | head -c 10; sleep 0.3; printf %s "$2" | tail -c +11; } > "$1"', [
        path('pipe'),
        body,
      ]),
    ]);
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
    expect(server.requests[0]!.body.toString()).toBe(body);
  });

  it('that leads in a circle is rejected', async () => {
    const { exitCode, stderr } = await runCli([...send, ':1', '--data', path('loop')]);
    expect(stderr).toMatch(/loop: it can't be read \(ELOOP\)/);
    expect(exitCode).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)('without read permission is rejected', async () => {
    const { exitCode, stderr } = await runCli([...send, ':1', '--data', path('locked.json')]);
    expect(stderr).toMatch(/locked\.json: it can't be read \(EACCES\)/);
    expect(exitCode).toBe(2);
  });
});
