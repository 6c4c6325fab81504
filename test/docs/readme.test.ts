import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/io/exitCode.js';
import { catalogueProviders } from '../../src/providers/catalogue.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { fiveProviders } from '../support/providers.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

/** Pages whose commands other tests run, or that install, start or write something. */
const elsewhere = ['api', 'ci', 'export', 'library', 'providers', 'suites'];
const pages = readdirSync(join(root, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.slice(0, -'.md'.length));

/** The commands of the shell blocks, with what is piped into them. */
function commandsOf(text: string) {
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap((match) => match[1]!.split('\n'))
    .filter((line) => line.includes('npx webhook-sim'))
    .map((line) => {
      const [, stdin, command = ''] = /^(?:echo '([^']*)' \| |npm ci && )?npx webhook-sim (.*?)(?:\s+#.*)?$/.exec(
        line,
      )!;
      const argv = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((word) => word[1] ?? word[2]!);
      return { argv, stdin: stdin ?? '' };
    });
}

const files = [
  'README.md',
  'SKILL.md',
  ...pages.filter((page) => !elsewhere.includes(page)).map((page) => `docs/${page}.md`),
];
const written = files.flatMap((file) => commandsOf(read(file)).map((command) => ({ file, ...command })));
/** Each of them once, wherever it stands. */
const commands = [
  ...new Map(written.map((command) => [JSON.stringify([command.argv, command.stdin]), command])).values(),
];

/** A recorded request, which some commands read. */
const capture = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2026-03-04T05:06:07Z',
        request: {
          method: 'POST',
          url: 'http://localhost:3000/webhooks',
          headers: [
            { name: 'Content-Type', value: 'application/json' },
            { name: 'X-Scalev-Hmac-Sha256', value: 'AAAA' },
          ],
          postData: { mimeType: 'application/json', text: '{"event":"order.created","data":{"id":1}}' },
        },
      },
    ],
  },
});

describe('the README and the pages', () => {
  it('have commands to run', () => {
    expect(files.length).toBeGreaterThan(12);
    expect(written.length).toBeGreaterThan(35);
  });

  it.each(commands)('$file: $argv', async ({ argv, stdin }) => {
    const cwd = folderOf({ 'capture.har': capture });
    const env = {
      XDG_STATE_HOME: folderOf({}),
      SCALEV_SIGNING_SECRET: 'a secret of the tests',
      VERIFY_TOKEN: 'a token of the tests',
    };
    const forges = argv.includes('--forge');
    const answer = forges ? '401 -' : '200 -';
    const server = await captureServer(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
    const aimed = argv.map((word) => (/:3000/.test(word) ? server.url : word));
    // A listener would wait for ever.
    const listens = argv[0] === 'listen' ? ['--json', '--port', '0', '--timeout', '1ms'] : [];
    const target = [...aimed, ...(forges && !argv.includes('--to') ? ['--to', server.url] : []), ...listens];
    // So that there is a delivery in the log.
    if (/^(verify|log)$/.test(argv[0]!) || argv.includes('last'))
      await cli(['send', 'scalev', 'order.created'], { cwd, env });
    const isPage = argv[0] === 'ui';
    if (isPage) target.push('--port', '0');
    const signal = isPage ? AbortSignal.abort('SIGINT') : new AbortController().signal;
    const { exitCode, stdout, stderr } = await cli(target, { stdin, cwd, env, signal });
    expect(stderr).not.toContain('webhook-sim:');
    expect(stdout).not.toBe('');
    // A server that takes all it gets has no state to compare, does not answer challenges, and is not safe.
    // A busy machine may be the limit of a load.
    if (argv[0] === 'load' && stdout.includes('This machine was the limit')) return;
    const isWrong = argv.includes('--orders') || (/^(handshake|check)$/.test(argv[0]!) && argv.includes('--to'));
    expect(exitCode).toBe(listens.length > 0 ? 4 : isWrong ? 1 : 0);
  });

  it.each(pages.filter((page) => page !== 'api'))('begins with a command: docs/%s.md', (page) => {
    expect(read(`docs/${page}.md`)).toMatch(/^# [^\n]+\n\n```sh\n(npx webhook-sim|npm install -D webhook-sim)/);
  });

  it('lead to every page', () => {
    expect(pages.filter((page) => !readme.includes(`](docs/${page}.md)`))).toEqual([]);
  });

  it('list each provider by its group, their number and that of their events, and the secrets of five', () => {
    const rows = [...readme.matchAll(/^\| ([A-Z][\w ]+) \| ((?:`[a-z\d-]+` ?)+)\|$/gm)].flatMap(([, group, names]) =>
      [...names!.matchAll(/`([a-z\d-]+)`/g)].map(([, name]) => [group!.toLowerCase(), name]),
    );
    const index = catalogueProviders().map(({ name, group }) => [group!.toLowerCase(), name]);
    expect(rows.filter(([, name]) => index.some(([, known]) => known === name)).sort()).toEqual(index.sort());
    const events = catalogueProviders().reduce((sum, provider) => sum + Object.keys(provider.events).length, 0);
    expect(readme).toContain(`${index.length} providers with ${events} events`);
    const secrets = [...read('docs/sending.md').matchAll(/^\| `(\w+)` \| ((?:`[A-Z_]+`(?:, )?)+) \|$/gm)].map(
      ([, name, list]) => [name, [...list!.matchAll(/`(\w+)`/g)].map((match) => match[1])],
    );
    expect(secrets).toEqual(fiveProviders.map(({ name, secret }) => [name, [...secret.env]]));
  });

  it.each(['docs/output.md', 'docs/suites.md'])('list each exit code: %s', (file) => {
    const codes = [...read(file).matchAll(/^\| ([\d /]+) \| /gm)].flatMap((match) => match[1]!.split('/').map(Number));
    expect(codes).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
  });

  it.each(['README.md', 'CONTRIBUTING.md'])('name only paths that exist: %s', (file) => {
    const paths = [
      ...read(file).matchAll(/`((?:src|test|payloads|bench|docs|examples)\/[\w./-]*)`|\]\(([\w./-]+)\)/g),
    ].map((match) => match[1] ?? match[2]!);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('name only files of src that exist: CONTRIBUTING.md', () => {
    const rooms = readdirSync(join(root, 'src')).filter((name) => !name.includes('.'));
    const paths = [
      ...read('CONTRIBUTING.md').matchAll(new RegExp(`\`((?:${rooms.join('|')})/[\\w/-]+\\.ts)\``, 'g')),
    ].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(12);
    expect(paths.filter((path) => !existsSync(join(root, 'src', path)))).toEqual([]);
  });
});
