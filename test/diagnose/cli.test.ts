import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { fiveProviders } from '../support/providers.js';

const body = '{"event":"order.created","data":{"total":73.0}}';
/** JSON without a number that JavaScript writes otherwise. */
const whole = body.replace('73.0', '73');
const sign = (text: string, key = 'its secret', encoding: 'hex' | 'base64' = 'base64') =>
  createHmac('sha256', key).update(text).digest(encoding);
const capture = (signature: string, text = body) =>
  `POST /hooks HTTP/1.1\r\nHost: localhost:3000\r\nX-Scalev-Hmac-Sha256: ${signature}\r\n\r\n${text}`;

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'webhook-sim verify '));
  writeFileSync(join(cwd, 'good.http'), capture(sign(body)));
  writeFileSync(join(cwd, 'body.json'), body);
  writeFileSync(join(cwd, 'cut.har'), '{"log":');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const secret = ['--secret', 'its secret'];

describe('verify', () => {
  it('says that a request is genuine, by which secret, and exits with 0', async () => {
    const { stdout, stderr, exitCode } = await cli(['verify', 'scalev', 'good.http', ...secret], { cwd });
    expect(stdout).toMatch(
      /^✓ genuine: Scalev's signature in X-Scalev-Hmac-Sha256 fits the body \(47 bytes\)\n {2}event {3}order\.created\n {2}secret {2}that of --secret \(fingerprint [0-9a-f]{8}\)\n$/,
    );
    expect(stderr).toMatch(/^Scalev, verified with the secret of --secret \(fingerprint [0-9a-f]{8}\)\n$/);
    expect(exitCode).toBe(0);
  });

  it('reads a capture, and a body with headers, from standard input', async () => {
    const stdin = capture(sign(body));
    expect(await cli(['verify', 'scalev', '-', ...secret, '-q'], { stdin })).toMatchObject({ exitCode: 0, stderr: '' });
    const header = ['-H', `X-Scalev-Hmac-Sha256: ${sign(body)}`];
    expect((await cli(['verify', 'scalev', '--body', '-', ...header, ...secret], { stdin: body })).exitCode).toBe(0);
    expect((await cli(['verify', 'scalev', '--body', 'body.json', ...header, ...secret], { cwd })).exitCode).toBe(0);
  });

  it('takes the secret from the environment, and names an old one that is there too', async () => {
    const env = { SCALEV_SIGNING_SECRET: 'new', SCALEV_CLIENT_SECRET: 'its secret' };
    const { stdout, exitCode } = await cli(['verify', 'scalev', 'good.http', '-q'], { cwd, env });
    expect(stdout).toContain('another secret of yours: that of env:SCALEV_CLIENT_SECRET');
    expect(exitCode).toBe(1);
  });

  it('replaces a header of the capture', async () => {
    const stdin = capture('(secret 0123abcd)');
    const argv = ['verify', 'scalev', '-', ...secret];
    expect((await cli(argv, { stdin })).stdout).toContain('Give its value with -H');
    expect((await cli([...argv, '-H', `x-scalev-hmac-sha256: ${sign(body)}`], { stdin })).exitCode).toBe(0);
  });

  it('is one JSON document with --json', async () => {
    const stdin = capture(sign(body, 'its secret', 'hex'));
    const { json, exitCode } = await cli(['verify', 'scalev', '-', ...secret, '--json'], { stdin });
    expect(json).toHaveLength(1);
    expect(json[0]).toMatchObject({
      schemaVersion: 1,
      type: 'verify',
      provider: 'scalev',
      genuine: false,
      findings: [{ name: 'encoding-hex', dimension: 'encoding', change: expect.stringContaining(".digest('base64')") }],
      request: { method: 'POST', bytes: 47 },
      expected: sign(body),
    });
    expect(exitCode).toBe(1);
  });

  it('sends nothing', async () => {
    const server = await captureServer();
    await cli(['verify', 'scalev', 'good.http', '--url', server.url], { cwd });
    expect(server.requests).toEqual([]);
  });
});

describe('the text of typical diagnoses', () => {
  /** One number with a fraction that is lost, and one without. */
  const mixed = '{"event":"order.created","total":73.0,"count":2}';
  it.each([
    ['reserialised', ['-'], capture(sign(whole), JSON.stringify(JSON.parse(whole), null, 2))],
    ['number-lost', ['-'], capture(sign(mixed), JSON.stringify(JSON.parse(mixed), null, 2))],
    ['computed', ['-', '--computed', sign(JSON.stringify(JSON.parse(body)), 'its secret', 'hex')], capture(sign(body))],
    ['header-missing', ['-'], capture(sign(body)).replace('X-Scalev-Hmac', 'X-Hmac')],
    ['unexplained', ['-'], capture(sign(body, 'some other secret'))],
  ])('%s', async (name, argv, stdin) => {
    const { stdout, exitCode } = await cli(['verify', 'scalev', ...argv, ...secret, '-q'], { stdin });
    await expect(stdout).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.txt`));
    expect(exitCode).toBe(1);
  });

  it('fits a narrow terminal, and one without Unicode', async () => {
    const stdin = capture(sign(`${body}\n`));
    const argv = ['verify', 'scalev', '-', ...secret];
    const narrow = await cli(argv, { stdin, isTTY: true, columns: 60, env: { NO_COLOR: '1' } });
    const lines = narrow.stdout.split('\n').slice(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    const ascii = await cli(argv, { stdin, env: { LC_ALL: 'C' } });
    expect(ascii.stdout).toMatch(/^FAIL not genuine/);
    expect(ascii.stdout).toMatch(/^[\u0000-\u007f]*$/);
  });
});

describe('what the other commands print', () => {
  it.each([...fiveProviders])('--dry-run of $title verifies', async ({ name, defaultEvent }) => {
    for (const more of [[], ['--json']]) {
      const sent = await cli(['send', name, defaultEvent, '--dry-run', ...more]);
      const { stdout, exitCode } = await cli(['verify', name, '-'], { stdin: sent.stdout });
      expect(stdout).toContain('✓ genuine');
      expect(exitCode).toBe(0);
    }
  });

  it('a dry run of several events, the first of them', async () => {
    const sent = await cli(['send', 'scalev', 'order.*', '--dry-run']);
    const { stdout, exitCode } = await cli(['verify', 'scalev', '-'], { stdin: sent.stdout });
    expect(stdout).toContain('7 entries may be meant; entry 1 was taken');
    expect(exitCode).toBe(0);
  });

  it('sign, with the body behind it', async () => {
    const signed = await cli(['sign', 'bharatcart', '-'], { stdin: body });
    expect((await cli(['verify', 'bharatcart', '-'], { stdin: `${signed.stdout}\n${body}` })).exitCode).toBe(0);
  });

  it('forgeries are named', async () => {
    const said = async (forgery: string) => {
      const sent = await cli(['send', 'scalev', 'order.created', '--forge', forgery, '--dry-run', '--secret', 'mine']);
      const { json } = await cli(['verify', 'scalev', '-', '--secret', 'mine', '--json'], { stdin: sent.stdout });
      const { problems, findings } = json[0];
      return [...problems, ...findings].map(
        ({ problem, name }: { problem?: string; name?: string }) => problem ?? name,
      );
    };
    expect(await said('no-signature')).toEqual(['missing']);
    expect(await said('empty-signature')).toEqual(['empty']);
    expect(await said('empty-secret')).toEqual(['secret-unset']);
    expect(await said('undefined-secret')).toEqual(['secret-unset']);
    expect(await said('sample-secret')).toEqual(['secret-sample']);
    expect(await said('unkeyed-hash')).toEqual(['algorithm-unkeyed']);
    expect(await said('sha1')).toEqual(['algorithm-sha1']);
    expect(await said('md5')).toEqual(['algorithm-md5']);
    expect(await said('wrong-encoding')).toEqual(['encoding-hex']);
    expect(await said('empty-body-signature')).toEqual(['body-empty']);
    expect(await said('first-kib-signature')).toEqual(['body-truncated']);
    expect(await said('reserialised-body')).toEqual(['body-js']);
    expect(await said('wrong-header')).toEqual(['missing', 'header-other']);
    expect(await said('false-header-first')).toEqual(['doubled', 'header-doubled']);
    expect(await said('tampered-body')).toEqual([]);
  });
});

describe('the README', () => {
  it('shows what its example prints', async () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const [, first = '', second = '', printed] =
      /```console\n\$ npx webhook-sim (.*) \| npx webhook-sim (verify .*)\n([^`]*)```/.exec(readme)!;
    const sent = await cli(first.split(' '));
    const { stdout } = await cli(second.split(' '), { stdin: sent.stdout });
    expect(stdout).toBe(printed);
  });
});

/** The arguments, and what the one message on stderr must say. */
const table: readonly [argv: string[], message: RegExp][] = [
  [['verify'], /Name a capture or a delivery of the log \(last\), or give a body with --body/],
  [['verify', 'scalew', 'good.http'], /no provider scalew. Did you mean scalev/],
  [['verify', 'scalev'], /Name a capture or a delivery of the log \(last\), or give a body with --body/],
  [['verify', 'scalev', 'good.http', '--body', 'body.json'], /two bodies/],
  [['verify', 'scalev', 'missing.http'], /missing\.http: there is no such file/],
  [['verify', 'scalev', '.'], /it is a folder/],
  [['verify', 'scalev', 'cut.har'], /cut\.har: it is neither HTTP text nor JSON/],
  [['verify', 'scalev', 'body.json'], /body\.json: it is JSON, but no HAR/],
  [['verify', 'scalev', '--body', 'missing.json'], /--body missing\.json: there is no such file/],
  [['verify', 'scalev', '--body', 'body.json', '--entry', '1'], /--entry chooses from a HAR/],
  [['verify', 'scalev', 'good.http', '--entry', '0'], /--entry: "0" is not a whole number from 1/],
  [['verify', 'scalev', 'good.http', '--entry', 'x'], /--entry: "x" is not a whole number from 1/],
  [['verify', 'scalev', '-', '--secret', '-'], /can be read only once/],
  [['verify', 'scalev', 'good.http', '-H', 'CANARY'], /has no name and colon/],
  [['verify', 'scalev', 'good.http', '--secret', ''], /secret .*is empty/i],
  [['verify', 'scalev', 'good.http', '--now', 'soon'], /--now: "soon" is not a time/],
  [['verify', 'scalev', 'good.http', '--tolerance', '5'], /--tolerance: "5" is not a duration/],
  [['verify', 'scalev', 'good.http', '--computed', ' '], /--computed is empty/],
  [['verify', 'scalev', 'good.http', '--url', 'ftp://x'], /can't be sent to ftp/],
];

describe('bad input of verify', () => {
  it.each(table)('%j', async (argv, message) => {
    const { exitCode, stdout, stderr } = await cli(argv, { cwd, stdin: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^webhook-sim: /);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
    expect(stderr).not.toContain('CANARY');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });
});

describe('a secret of the user', () => {
  it('is in no output', async () => {
    const canary = 'CANARY_7f3a9c';
    const env = { SCALEV_SIGNING_SECRET: `${canary}\n`, SCALEV_CLIENT_SECRET: `${canary}old` };
    for (const key of [canary, `${canary}\n`, `${canary}old`, '7f3a9c', 'unknown']) {
      for (const more of [[], ['--json'], ['--computed', sign(body, key, 'hex')]]) {
        for (const flags of [[], ['--secret', canary], ['--secret', canary, '--secret', `"${canary}"`]]) {
          const { stdout, stderr } = await cli(['verify', 'scalev', '-', ...more, ...flags], {
            stdin: capture(sign(body, key)),
            env,
          });
          expect(stdout + stderr).not.toMatch(/CANARY|7f3a9c/);
        }
      }
    }
  });

  it('may not move the cursor by what a capture holds', async () => {
    const stdin = capture('x\u001b[2J', '{"\u001b[2J\u202e":{"a":1}}').replace('Host', 'X-Signature\u0001: 1\r\nHost');
    const { stdout, stderr } = await cli(['verify', 'scalev', '-'], { stdin });
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
