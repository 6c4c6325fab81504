import { Command, CommanderError } from 'commander';
import { version } from '../core/version.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { listCommand } from './listCommand.js';
import { sendCommand } from './sendCommand.js';
import { showCommand } from './showCommand.js';
import { signCommand } from './signCommand.js';

const examples = `Examples:
  webhook-sim list
  webhook-sim show scalev order.created
  webhook-sim send scalev order.created
  webhook-sim send scalev order.created --to localhost:3000/webhooks
`;

/** Builds the command tree, parses the arguments and runs the command; resolves with the exit code. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  const program = new Command('webhook-sim')
    .description('Plays the webhook provider: real payloads, real signatures, real headers, sent to your receiver.')
    .usage('<command> [options]')
    .addHelpText('before', examples)
    .version(version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this help')
    .helpCommand('help [command]', 'Print the help of a command')
    .showHelpAfterError('Run with --help to see what there is.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'webhook-sim: ')),
      getOutHelpWidth: () => Math.min(io.stdout.columns, 110),
      getErrHelpWidth: () => Math.min(io.stderr.columns, 110),
    });
  for (const command of [sendCommand(io, finish), listCommand(io), showCommand(io), signCommand(io)]) {
    program.addCommand(command.copyInheritedSettings(program).helpOption('-h, --help', 'Print this help'));
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  return exitCode;
}
