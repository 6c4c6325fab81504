import { join } from 'node:path';
import { type CliResult, cli } from '../support/cli.js';
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

/** Runs the command line in a project of its own, with a config. */
export function inProject(argv: readonly string[], config: object = {}): Promise<CliResult> {
  return cli(argv, { cwd: projectFolder(config) });
}

/** A folder with a config, and files beside it. */
export function projectFolder(config: object = {}, files: Readonly<Record<string, string>> = {}): string {
  return folderOf({ 'webhook-sim.config.json': JSON.stringify(config), ...files });
}
