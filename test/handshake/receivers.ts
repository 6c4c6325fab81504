import { join } from 'node:path';
import { type CliResult, cli } from '../support/cli.js';
import { examplesFolder } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';
import { receiverProcess } from '../support/receiverProcess.js';

/** Starts one of the receivers in Python or JavaScript for the time of a test; resolves with its address. */
export function startReceiver(
  file: 'receiver.py' | 'receiver.mjs',
  kind: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const command = file.endsWith('.py') ? 'python3' : process.execPath;
  return receiverProcess({ command, args: [join(import.meta.dirname, file), kind], env });
}

/** Runs the command line in a project that has the examples' providers, with more in its config. */
export function withExamples(argv: readonly string[], more: object = {}): Promise<CliResult> {
  return cli(argv, { cwd: exampleProject(more) });
}

/** A folder whose config names the examples' providers. */
export function exampleProject(more: object = {}, files: Readonly<Record<string, string>> = {}): string {
  const config = JSON.stringify({ providers: examplesFolder, ...more });
  return folderOf({ 'webhook-sim.config.json': config, ...files });
}
