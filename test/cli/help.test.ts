import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { cli } from '../support/cli.js';

/** Each command that the help lists, with the arguments that print its own help. */
function argumentsOf({ commands }: Command, before: readonly string[] = []): [name: string, argv: string[]][] {
  const own = commands.filter((command) => command.name() !== 'complete');
  return [
    ...(before.length === 0 ? [['webhook-sim', ['--help']] satisfies [string, string[]]] : []),
    ...own.flatMap((command): [string, string[]][] => {
      const words = [...before, command.name()];
      return [[words.join('-'), [...words, '--help']], ...argumentsOf(command, words)];
    }),
  ];
}

/** The whole help of each command is kept in test/cli/help; `npx vitest run -u` writes it again for a reader to look at. */
describe('help', () => {
  it.each(argumentsOf(buildProgram({} as never, () => {})))('%s', async (name, argv) => {
    const { stdout, stderr, exitCode } = await cli(argv);
    await expect(stdout).toMatchFileSnapshot(join(import.meta.dirname, 'help', `${name}.txt`));
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each(argumentsOf(buildProgram({} as never, () => {})))(
    '%s can be pasted where npx started it',
    async (_, argv) => {
      const { stdout } = await cli(argv);
      const { stdout: underNpx } = await cli(argv, { env: { npm_command: 'exec' } });
      expect(stdout).not.toContain('npx webhook-sim');
      expect(underNpx).toContain('npx webhook-sim ');
      expect(underNpx.replaceAll('npx webhook-sim ', 'webhook-sim ')).toBe(stdout);
      expect(underNpx).not.toMatch(/(?<!npx )webhook-sim (?:<command>|[a-z])/);
    },
  );

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
