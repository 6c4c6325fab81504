import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const canary = 'CANARY-5e1f';
const send = ['send', 'webconnex', 'registration'];

/** Each odd secret, and what is said of it. */
const odd: readonly [value: string, complaint: string][] = [
  [`"${canary}"`, 'stands in quotation marks'],
  [`'${canary}'`, 'stands in quotation marks'],
  [` ${canary}`, 'begins or ends with white space'],
  [`${canary}\n`, 'begins or ends with white space'],
  [`${canary}\n${canary}`, 'has a line break inside'],
  [canary, 'does not look like a'],
];

describe('a secret', () => {
  it.each(odd)('%j is warned of in one line', async (value, complaint) => {
    const server = await captureServer();
    const argv = [...send, '--to', server.url, '--secret', 'env:ODD'];
    const { exitCode, stdout, stderr } = await cli(argv, { env: { ODD: value } });
    const warnings = stderr.split('\n').filter((line) => line.startsWith('warning: '));
    expect(warnings).toEqual([expect.stringMatching(`^warning: the secret of env:ODD ${complaint}`)]);
    expect(stdout + stderr).not.toContain(canary);
    expect(exitCode).toBe(0);
    expect(server.requests.length).toBe(1);
    expect((await cli([...argv, '-q'], { env: { ODD: value } })).stderr).toBe('');
  });

  it('is not warned of where it is as it should be, nor the sample', async () => {
    const env = { GOOD: '0123456789abcdef0123456789abcdef' };
    expect((await cli([...send, '--secret', 'env:GOOD'], { env })).stderr).not.toContain('warning');
    expect((await cli(send)).stderr).not.toContain('warning');
  });

  it('typed on the command line earns a warning on more than this machine', async () => {
    const warning =
      'warning: a secret typed after --secret stays in the history of the shell. Give it as env:NAME, file:PATH or -.\n';
    const shown = ['send', 'scalev', 'order.created', '--dry-run', '--secret'];
    const cases: readonly [argv: string[], warned: boolean][] = [
      [[canary, '--to', 'https://example.com'], true],
      [[canary, '--to', 'localhost:3000'], false],
      [[canary, '--to', 'demo'], false],
      [['env:A', '--to', 'https://example.com'], false],
      [['-', '--to', 'https://example.com'], false],
      [[canary, '--to', 'https://example.com', '-q'], false],
    ];
    for (const [argv, warned] of cases) {
      const { stderr } = await cli([...shown, ...argv], { env: { A: 'x' }, stdin: 'x' });
      expect(stderr.includes(warning), argv.join(' ')).toBe(warned);
      expect(stderr).not.toContain(canary);
    }
  });

  it('is in no output and in no file but those of the user', async () => {
    const server = await captureServer(({ headers }) => {
      const body = JSON.stringify(headers.map(([name]) => name));
      return `HTTP/1.1 401 No\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    });
    const cwd = folderOf({
      'webhook-sim.config.yaml': `target: a
targets:
  a:
    url: ${server.url}/{event}
    header: { Authorization: env:AUTH, X-Plain-Name: env:PLAIN }
    secrets: { webconnex: [env:ONE, "file:two.txt"] }
`,
      '.env.local': `AUTH="Bearer ${canary}-auth"\nONE=${canary}-one\n`,
      'two.txt': `${canary}-two\n`,
    });
    const env = { PLAIN: `${canary}-plain` };
    let outputs = '';
    for (const argv of [
      [...send],
      [...send, '-v'],
      [...send, '--json'],
      [...send, '--dry-run'],
      [...send, '--dry-run', '--json'],
      [...send, '--curl'],
      [...send, '--forge', 'wrong-secret'],
      ['config'],
      ['config', '--json'],
      ['show', 'webconnex', 'registration'],
      ['show', 'webconnex', 'registration', '--json'],
    ]) {
      const { stdout, stderr } = await cli(argv, { cwd, env });
      expect(stdout.length, argv.join(' ')).toBeGreaterThan(40);
      outputs += stdout + stderr;
    }
    expect(server.requests[0]!.header('Authorization')).toBe(`Bearer ${canary}-auth`);
    expect(server.requests[0]!.header('X-Plain-Name')).toBe(`${canary}-plain`);
    expect(outputs).not.toContain('CANARY');
    for (const encoding of ['base64', 'hex'] as const) {
      for (const secret of ['auth', 'one', 'two', 'plain']) {
        const coded = Buffer.from(`${canary}-${secret}`).toString(encoding);
        expect(outputs).not.toContain(coded.replace(/=+$/, ''));
      }
    }
    expect(outputs).toContain('$X_PLAIN_NAME');
    const files = readdirSync(cwd).filter((name) => readFileSync(join(cwd, name), 'utf8').includes(canary));
    expect(files.sort()).toEqual(['.env.local', 'two.txt']);
  });

  it('of the config that is not there is an error that names the place', async () => {
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'target: demo\nsecrets: { scalev: env:GONE, covver: "file:gone" }\n',
    });
    const missing = await cli(['send', 'scalev', 'order.created'], { cwd });
    expect(missing.stderr).toContain(
      'webhook-sim.config.yaml: secrets.scalev: env:GONE: the environment has no variable GONE',
    );
    expect(missing.exitCode).toBe(2);
    const file = await cli(['send', 'covver', 'OrderPlaced'], { cwd });
    expect(file.stderr).toContain('webhook-sim.config.yaml: secrets.covver: file:gone: there is no such file');
    expect((await cli(['sign', 'scalev'], { cwd, stdin: '{}' })).exitCode).toBe(2);
  });
});
