import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Captured, captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { fiveProviders } from '../support/providers.js';

const run = promisify(execFile);

const wire = ({ requestLine, headers, body }: Captured) => ({
  requestLine,
  headers: headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name)),
  body: body.toString('latin1'),
});

/** Sends a delivery by ourselves and once more with the printed command, and returns what arrived of each. */
async function both(argv: string[], env: Record<string, string> = {}, stdin: string | Uint8Array = '') {
  const server = await captureServer();
  const fixed = ['--seed', '3', '--now', '2026-06-01T12:00:00Z', '--to', `${server.url}/a%20b?x='1'&y=$HOME`];
  await cli([...argv, ...fixed], { stdin });
  const { stdout } = await cli([...argv, ...fixed, '--curl'], { stdin });
  const script = join(mkdtempSync(join(tmpdir(), 'webhook-sim-curl-')), 'script.sh');
  writeFileSync(script, stdout);
  for (const shell of ['sh', 'bash']) await run(shell, [script], { env: { PATH: process.env.PATH!, ...env } });
  const [ours, ...pasted] = server.requests.map(wire);
  return { ours, pasted, stdout };
}

describe('--curl prints a command that sends the same', () => {
  it.each(fiveProviders.map((provider) => [provider.name, provider.defaultEvent]))('%s %s', async (name, event) => {
    const { ours, pasted } = await both(['send', name, event]);
    expect(pasted).toEqual([ours, ours]);
  });

  it.each([
    ['quotes and other signs of the shell', `{"a":"it's $HOME \`id\` \\\\ ! \\" é 😀"}`],
    ['a body that looks like a file name', '@/etc/passwd'],
    ['line breaks', '{\n\t"a": 1\r\n}\n'],
    ['bytes that are no text', Buffer.from([0, 1, 255, 10])],
    ['an empty body', ''],
    ['a body longer than one argument may be', 'x'.repeat(200_000)],
  ])('%s', async (_name, stdin) => {
    const { ours, pasted } = await both(['send', 'scalev', 'order.created', '--raw', '-'], {}, stdin);
    expect(pasted).toEqual([ours, ours]);
  });

  it('a signature header that is missing, empty or doubled', async () => {
    for (const name of ['no-signature', 'empty-signature', 'false-header-first']) {
      const { ours, pasted } = await both(['send', 'scalev', 'order.created', '--forge', name]);
      expect(pasted).toEqual([ours, ours]);
    }
  });

  it('writes what carries a secret as a shell variable', async () => {
    const secret = "Bearer CANARY-'1'";
    const { ours, pasted, stdout } = await both(['send', 'scalev', 'order.created', '-H', `Authorization: ${secret}`], {
      AUTHORIZATION: secret,
    });
    expect(stdout).toContain('-H "Authorization: $AUTHORIZATION"');
    expect(stdout).not.toContain('CANARY');
    expect(pasted).toEqual([ours, ours]);
  });

  it('reads a body from a path with spaces and non-ASCII letters', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'webhook sim ü '));
    writeFileSync(join(folder, 'böd y.json'), '{"ä":1}');
    const server = await captureServer();
    const { exitCode } = await cli(['send', 'scalev', 'order.created', '--data', 'böd y.json', '--to', server.url], {
      cwd: folder,
    });
    expect(exitCode).toBe(0);
    expect(server.requests[0]!.body.toString()).toBe('{"ä":1}');
  });
});
