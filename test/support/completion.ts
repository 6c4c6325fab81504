import { type CliOptions, cli } from './cli.js';

/** The lines that `complete` prints for a command line; null where it leaves it to the shell. */
export async function completionsOf(
  words: readonly string[],
  options: CliOptions & { shell?: string } = {},
): Promise<string[] | null> {
  const { shell = 'zsh', ...rest } = options;
  const { stdout, stderr, exitCode } = await cli(['complete', '--shell', shell, '--', ...words], rest);
  if (stderr !== '' || exitCode !== 0) throw new Error(`complete must be silent: ${exitCode} ${stderr}`);
  if (stdout === '') return null;
  return stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '\t');
}

/** The same without descriptions. */
export async function valuesOf(
  words: readonly string[],
  options: CliOptions & { shell?: string } = {},
): Promise<string[] | null> {
  return (await completionsOf(words, options))?.map((line) => line.split('\t')[0]!) ?? null;
}
