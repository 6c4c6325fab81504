import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';

/** The whole help text of each command, kept in test/cli/help; `npx vitest run -u` writes them anew for a reader to look at. */
describe('help', () => {
  it.each([
    ['webhook-sim', ['--help']],
    ['send', ['send', '--help']],
    ['run', ['run', '--help']],
    ['list', ['list', '--help']],
    ['show', ['show', '--help']],
    ['sign', ['sign', '--help']],
    ['check', ['check', '--help']],
    ['flow', ['flow', '--help']],
    ['log', ['log', '--help']],
    ['ui', ['ui', '--help']],
    ['resend', ['resend', '--help']],
    ['keys', ['keys', '--help']],
    ['handshake', ['handshake', '--help']],
    ['verify', ['verify', '--help']],
    ['export', ['export', '--help']],
    ['init', ['init', '--help']],
    ['provider', ['provider', '--help']],
    ['provider-new', ['provider', 'new', '--help']],
    ['provider-test', ['provider', 'test', '--help']],
    ['config', ['config', '--help']],
    ['completion', ['completion', '--help']],
  ])('%s', async (name, argv) => {
    const { stdout, stderr, exitCode } = await cli(argv);
    await expect(stdout).toMatchFileSnapshot(join(import.meta.dirname, 'help', `${name}.txt`));
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
  });

  it('is printed on stderr with exit 2 where no command is given', async () => {
    const { stdout, stderr, exitCode } = await cli([]);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: webhook-sim <command> [options]');
    expect(exitCode).toBe(2);
  });

  it('is not mixed with anything when the version is asked for', async () => {
    expect(await cli(['--version'])).toMatchObject({ stdout: '0.0.0-development\n', stderr: '', exitCode: 0 });
  });
});
