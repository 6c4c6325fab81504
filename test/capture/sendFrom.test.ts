import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const fixed = ['--now', '2026-01-31T09:00:00Z', '--seed', '3'];
const dryRun = async (...more: string[]) =>
  (await cli(['send', 'stripe', 'invoice.paid', '--to', 'http://old.example/hook', '--dry-run', ...more])).stdout;
const times = (text: string) => /t=(\d+)/.exec(text)?.[1];

describe('send --from', () => {
  it('recognizes the provider, and renews and signs the request again', async () => {
    const stdin = await dryRun(...fixed, '--secret', 'whsec_old');
    const { stdout, stderr, exitCode } = await cli(
      ['send', '--from', '-', '--set', 'data.object.currency=sek', '--secret', 'whsec_new', '--dry-run', '--to', ':9'],
      { stdin },
    );
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('Recognized as a request of Stripe (stripe)');
    expect(stdout).toContain('"currency": "sek"');
    expect(times(stdout)).not.toBe(times(stdin));
    expect(/"id": "(evt_\w+)"/.exec(stdout)![1]).not.toBe(/"id": "(evt_\w+)"/.exec(stdin)![1]);
    const verified = await cli(['verify', 'stripe', '-', '--secret', 'whsec_new'], { stdin: stdout });
    expect(verified.stdout).toMatch(/^✓ genuine/);
  });

  it('sends it as it was with --exact', async () => {
    const server = await captureServer();
    const stdin = await dryRun(...fixed, '--secret', 'whsec_old');
    const { exitCode, stderr } = await cli(['send', '--from', '-', '--exact', '--to', `${server.url}/new`], { stdin });
    expect(exitCode, stderr).toBe(0);
    const [{ requestLine, headers, body }] = server.requests as [(typeof server.requests)[number]];
    expect(requestLine).toBe('POST /new HTTP/1.1');
    expect(headers.find(([name]) => name === 'Stripe-Signature')![1]).toBe(
      /Stripe-Signature: (.*)/.exec(stdin)![1]!.trim(),
    );
    expect(stdin).toContain(body.toString());
    const verified = await cli(['verify', 'stripe', '-', '--secret', 'whsec_old', '--now', fixed[1]!], {
      stdin: `${headers.map((pair) => pair.join(': ')).join('\n')}\n\n${body}`,
    });
    expect(verified.stdout).toMatch(/^✓ genuine/);
  });

  it.each([
    ['', '/old/path?a=%20b&c=d+e'],
    ['/', '/old/path?a=%20b&c=d+e'],
    ['/new', '/new'],
    ['/?q=1', '/?q=1'],
  ])('keeps path and query with --exact where the address %j has none', async (end, expected) => {
    const server = await captureServer();
    const stdin = 'POST http://old.example/old/path?a=%20b&c=d+e HTTP/1.1\r\nX-GitHub-Event: ping\r\n\r\n{}';
    const ran = await cli(['send', 'github', '--from', '-', '--exact', '--to', `${server.url}${end}`], { stdin });
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(ran.stderr).toContain(', as captured\n');
    expect(ran.stderr).not.toContain('signed with');
    expect(server.requests.map(({ requestLine }) => requestLine)).toEqual([`POST ${expected} HTTP/1.1`]);
  });

  it('says of a rejected replay that nobody signed it again', async () => {
    const server = await captureServer('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n');
    const stdin = await dryRun('--secret', 'whsec_old');
    const { exitCode, stderr } = await cli(['send', '--from', '-', '--exact', '--to', server.url], { stdin });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('hint: this was sent as captured');
  });

  it('refuses a tunnel', async () => {
    const stdin = 'CONNECT http://a.example/ HTTP/1.1\r\nX-GitHub-Event: ping\r\n\r\n{}';
    const ran = await cli(['send', 'github', '--from', '-', '--exact', '--to', 'localhost:9'], { stdin });
    expect(ran.stderr).toContain('asks a proxy for a tunnel (CONNECT), which is no delivery');
    expect(ran.exitCode).toBe(2);
  });

  it('takes a delivery of the log, and one request of several', async () => {
    const server = await captureServer();
    const cwd = folderOf({ 'two.sh': 'curl http://a.example -d x\n' });
    const env = { XDG_STATE_HOME: join(cwd, 'state') };
    await cli(['send', 'stripe', 'invoice.paid', '--to', server.url], { cwd, env });
    const again = await cli(['send', '--from', 'last', '--to', server.url], { cwd, env });
    expect(again.exitCode, again.stderr).toBe(0);
    const [first, second] = server.requests;
    expect(second!.body.length).toBe(first!.body.length);
    expect(second!.body.toString()).not.toBe(first!.body.toString());
    const file = await cli(['send', '--from', 'two.sh', '--entry', '2', '--to', server.url], { cwd, env });
    expect(file.stderr).toContain('there is no entry 2: it holds one request');
    expect(file.exitCode).toBe(2);
  });

  it.each<[string[], RegExp]>([
    [['--from', '-', '--data', 'x.json'], /--from sends a captured request, and --data something else/],
    [['--from', '-', '--exact', '--set', 'a=1'], /--exact sends the captured request unchanged, --set changes it/],
    [['--entry', '1', '--data', 'x.json'], /--entry chooses from a capture/],
    [['--from', 'nowhere.http'], /nowhere\.http: there is no such file/],
    [
      ['--from', '-'],
      /carries no signature of a known provider\. Name the provider: webhook-sim send <provider> --from -/,
    ],
  ])('%j is an error, and nothing is sent', async (flags, message) => {
    const argv = flags.includes('--entry') ? ['send', 'stripe', 'invoice.paid'] : ['send'];
    const { stderr, exitCode } = await cli([...argv, ...flags, '--to', 'localhost:9'], { stdin: 'A: 1\n\n{}' });
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
