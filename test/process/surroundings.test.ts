import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { runCli, runShell, startShell } from '../support/child.js';
import { bundleCli } from '../support/process.js';

let folder: string;

beforeAll(bundleCli);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'webhook-sim-surroundings-'));
  mkdirSync(join(folder, 'readonly'));
  chmodSync(join(folder, 'readonly'), 0o555);
});
afterAll(() => rmSync(folder, { recursive: true }));

const seeded = ['send', 'scalev', 'order.created', '--seed', '7', '--now', '1790000000'];

describe('the same bytes are sent', () => {
  let sent: ReturnType<typeof sendUsual> | undefined;
  /** Returns the delivery in the usual surroundings, sent once for all tests. */
  const usual = () => (sent ??= sendUsual());

  async function sendUsual() {
    const server = await captureServer();
    await runCli([...seeded, '--to', server.url]);
    return server;
  }

  it.each<[string, Record<string, string>]>([
    ['without any variable', {}],
    ['without a home', { HOME: '/nonexistent/home' }],
    ['in a home that is a device', { HOME: '/dev/null' }],
    ['in a home without write permission', { HOME: 'readonly' }],
    ['without a folder for temporary files', { TMPDIR: '/nonexistent/tmp' }],
    ['in the locale C', { LC_ALL: 'C' }],
    ['in the locale POSIX', { LC_ALL: 'POSIX' }],
    ['in Turkish, whose i has a dot when it is large', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }],
    ['in a Japanese locale that is not UTF-8', { LC_ALL: 'ja_JP.eucJP' }],
    ['in a locale that does not exist', { LC_ALL: 'xx_YY.nothing@all', LANG: '' }],
    ['in a far time zone', { TZ: 'Pacific/Kiritimati' }],
    ['in a time zone that does not exist', { TZ: 'Nowhere/At/All' }],
    ['with colours forbidden and forced', { NO_COLOR: '1', FORCE_COLOR: '3', CLICOLOR: '0' }],
    ['on a terminal of no columns', { COLUMNS: '0', LINES: '-1' }],
    ['on a terminal of odd columns', { COLUMNS: 'NaN', TERM: 'dumb' }],
    ['with little memory', { NODE_OPTIONS: '--max-old-space-size=32' }],
    ['with debugging of modules', { NODE_DEBUG: 'module', DEBUG: '*' }],
    ['with proxies that do not answer', { HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' }],
  ])('%s', async (_, env) => {
    const server = await captureServer();
    const home = env.HOME === 'readonly' ? { HOME: join(folder, 'readonly') } : {};
    const { exitCode, stdout, stderr } = await runCli([...seeded, '--to', server.url, '-q'], {
      env: { ...env, ...home },
    });
    // What Node itself says: of its modules, and newer lines of colours that are both forbidden and forced.
    const ours = stderr.replace(
      /^MODULE .*\n|.*\bmodule\b.*\n|^\(node:\d+\) Warning: The 'NO_COLOR' env.*\n|^\(Use `node --trace-warnings.*\n/gim,
      '',
    );
    expect(ours).toBe('');
    expect(stdout.replaceAll(/\u001b\[\d+m/g, '')).toMatch(
      /^\d\d:\d\d:\d\d \S+ 200 scalev order\.created [\d.]+ ms\n$/,
    );
    expect(exitCode).toBe(0);
    const { head, body } = server.requests[0]!;
    const { port, requests } = await usual();
    const expected = requests[0]!;
    expect(head.replaceAll(String(server.port), 'port')).toBe(expected.head.replaceAll(String(port), 'port'));
    expect(body.equals(expected.body)).toBe(true);
  });
});

describe('characters beyond ASCII', () => {
  it.each([
    ['C', false],
    ['POSIX', false],
    ['ja_JP.eucJP', false],
    ['C.UTF-8', true],
    ['tr_TR.UTF-8', true],
  ])('stay out where the locale %s does not have them: %s', async (locale, hasThem) => {
    const server = await captureServer();
    const { stdout } = await runCli([...seeded, '--to', server.url], { env: { LC_ALL: locale } });
    expect(/[^\0-\x7f]/.test(stdout)).toBe(hasThem);
  });
});

describe('a working folder', () => {
  it('without write permission is enough', async () => {
    const { exitCode } = await runCli(['send', 'scalev', 'order.created', '-q'], { cwd: join(folder, 'readonly') });
    expect(exitCode).toBe(0);
  });

  it('that is deleted before the run is missed only where a path is relative to it', async () => {
    const gone = 'mkdir "$1/gone" && cd "$1/gone" && rmdir "$1/gone" && ';
    const cases: [string, number, RegExp][] = [
      ['cli list scalev', 0, /^$/],
      ['cli send scalev order.created -q', 0, /^$/],
      ['cli sign scalev "$CLI" -- ', 0, /^$/],
      ['cli sign scalev body.json', 2, /^webhook-sim: body\.json: the current folder no longer exists\. .*\n$/],
      [
        'cli send scalev order.created --secret file:secret.txt',
        2,
        /^webhook-sim: --secret file:secret\.txt: the current folder no longer exists\. .*\n$/,
      ],
    ];
    for (const [command, code, message] of cases) {
      const { exitCode, stderr } = await runShell(gone + command, [folder]);
      expect(stderr).toMatch(message);
      expect(exitCode).toBe(code);
    }
  });

  it('that is deleted during the run is not missed', async () => {
    const server = await captureServer();
    mkdirSync(join(folder, 'soon gone'));
    const child = startShell(
      'exec "$NODE" "$CLI" send scalev order.created --count 500 --json -q --to "$1"',
      [server.url],
      {
        cwd: join(folder, 'soon gone'),
      },
    );
    await child.printed('"type":"delivery"');
    rmSync(join(folder, 'soon gone'), { recursive: true });
    const { exitCode, stderr } = await child.ended;
    expect([exitCode, stderr, server.requests.length]).toEqual([0, '', 500]);
  });
});

describe('standard input', () => {
  it.each([
    ['closed', '<&-'],
    ['empty', '</dev/null'],
    ['a pipe that nobody writes to', '< pipe'],
    ['endless', '< /dev/zero'],
  ])('is not touched where it is not asked for: %s', async (_, redirection) => {
    const { url } = await captureServer();
    const script = `cd "$2" && { [ -p pipe ] || mkfifo pipe; } && exec 3<>pipe && cli send scalev order.created -q --to "$1" ${redirection}`;
    const { exitCode, stderr, elapsedMs } = await runShell(script, [url, folder]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(elapsedMs).toBeLessThan(20_000);
  });

  it('that is closed is an empty body', async () => {
    const { exitCode, stderr } = await runShell('cli send scalev order.created --data - <&-');
    expect(stderr).toBe('webhook-sim: Standard input is empty. To send an empty body, use --raw.\n');
    expect(exitCode).toBe(2);
  });
});
