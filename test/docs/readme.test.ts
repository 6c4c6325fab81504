import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/io/exitCode.js';
import { builtInProviders } from '../../src/providers/registry.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The commands of the shell blocks, with what is piped into them. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap((match) => match[1]!.split('\n'))
  .filter((line) => line.includes('npx webhook-sim'))
  .map((line) => {
    const [, stdin, command = ''] = /^(?:echo '([^']*)' \| |npm ci && )?npx webhook-sim (.*?)(?:\s+#.*)?$/.exec(line)!;
    const argv = [...command.matchAll(/'([^']*)'|(\S+)/g)].map((word) => word[1] ?? word[2]!);
    return { argv, stdin: stdin ?? '' };
  });

describe('the README', () => {
  it('has commands to run', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)('$argv', async ({ argv, stdin }) => {
    const status = argv.includes('--forge') ? 401 : 200;
    const server = await captureServer(`HTTP/1.1 ${status} -\r\nContent-Length: 0\r\n\r\n`);
    const aimed = argv.map((word) => (/:3000/.test(word) ? server.url : word));
    const target = argv.includes('--forge') ? [...aimed, '--to', server.url] : aimed;
    const { exitCode, stdout, stderr } = await cli(target, { stdin });
    expect(stderr).not.toContain('webhook-sim:');
    expect(stdout).not.toBe('');
    // A server that tells the same state before and after shows nothing, which is no success.
    expect(exitCode).toBe(argv.includes('--orders') ? 1 : 0);
  });

  it('lists each provider with its number of events and its secrets', () => {
    const rows = [...readme.matchAll(/^\| \[(.+?)\]\((.+?)\) \| `(\w+)` \| (\d+) \|$/gm)].map(
      ([, title, docs, name, events]) => ({
        title,
        docs,
        name,
        events: Number(events),
      }),
    );
    expect(rows).toEqual(
      builtInProviders.map(({ title, docs, name, events }) => ({
        title,
        docs,
        name,
        events: Object.keys(events).length,
      })),
    );
    const secrets = [...readme.matchAll(/^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$/gm)].map(([, name, list]) => [
      name,
      [...list!.matchAll(/`(\w+)`/g)].map((match) => match[1]),
    ]);
    expect(secrets).toEqual(builtInProviders.map(({ name, secret }) => [name, [...secret.env]]));
  });

  it('lists each exit code', () => {
    const codes = [...readme.matchAll(/^\| ([\d /]+) \| /gm)].flatMap((match) => match[1]!.split('/').map(Number));
    expect(codes).toEqual(Object.values(exitCodes).sort((a, b) => a - b));
  });

  it.each(['README.md', 'CONTRIBUTING.md'])('names only paths that exist: %s', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const paths = [...text.matchAll(/`((?:src|test|payloads|bench|docs|examples)\/[\w./-]*)`|\]\(([\w./-]+)\)/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
