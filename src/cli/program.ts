import { Command, CommanderError } from 'commander';
import { UsageError } from '../core/errors.js';
import { version } from '../core/version.js';
import { checkCommand } from './commands/check/command.js';
import { completeCommand, completionCommand } from './commands/completion/completionCommand.js';
import { configCommand } from './commands/config/command.js';
import { docsCommand } from './commands/docs/command.js';
import { exportCommand } from './commands/export/command.js';
import { flowCommand } from './commands/flow/command.js';
import { handshakeCommand } from './commands/handshake/command.js';
import { initCommand } from './commands/init/command.js';
import { keysCommand } from './commands/keys/command.js';
import { listCommand } from './commands/list/command.js';
import { listenCommand } from './commands/listen/command.js';
import { loadCommand } from './commands/load/command.js';
import { logCommand } from './commands/log/command.js';
import { mcpCommand } from './commands/mcp/command.js';
import { providerCommand } from './commands/provider/providerCommand.js';
import { resendCommand } from './commands/resend/command.js';
import { runCommand } from './commands/run/command.js';
import { sendCommand } from './commands/send/command.js';
import { showCommand } from './commands/show/command.js';
import { signCommand } from './commands/sign/command.js';
import { uiCommand } from './commands/ui/command.js';
import { verifyCommand } from './commands/verify/command.js';
import { exitCodes } from './io/exitCode.js';
import { isInteractive } from './io/interactive.js';
import type { Io } from './io/io.js';
import { pastable } from './io/pastable.js';

const examples = `Examples:
  webhook-sim list
  webhook-sim show scalev order.created
  webhook-sim send scalev order.created
  webhook-sim send scalev order.created --to localhost:3000/webhooks
`;

/** Parses the arguments and runs the command; resolves with the exit code. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 0 && isInteractive(io)) {
    const { runPicker: pick } = await import('./commands/pick/pick.js');
    return pick(io);
  }
  let exitCode: number = exitCodes.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  const found = commands.find(({ name, hidden }) => name === argv[0] && !hidden);
  const end = found?.startsProgram ? argv.indexOf('--') : -1;
  const own = end < 0 ? argv : argv.slice(0, end);
  // Of all commands only the one that is run is built; completion, and a first word that is none of them, need all.
  const program = buildProgram(io, finish, { only: found?.name, rest: end < 0 ? null : argv.slice(end + 1) });
  try {
    await program.parseAsync(own, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.ok;
    if (io.errorStyle.json) await printParseError(error, io);
    return exitCodes.usage;
  }
  return exitCode;
}

/** Prints an error of the parser as JSON; the parser itself prints it in words. */
async function printParseError(error: CommanderError, io: Io): Promise<void> {
  const [{ printError }, { parseProblem }] = await Promise.all([
    import('./io/printError.js'),
    import('./options/parseProblem.js'),
  ]);
  printError({ ...parseProblem(error), text: '' }, io);
}

type Finish = (exitCode: number) => void;

interface CommandEntry {
  readonly name: string;
  readonly build: (io: Io, finish: Finish, rest: readonly string[] | null) => Command;
  /** Under which heading the help lists it. */
  readonly group: 'Send' | 'Test' | 'Inspect' | 'Set up';
  readonly hidden?: true;
  /** True where the command line of another program follows `--`. */
  readonly startsProgram?: true;
}

/** The commands in the order in which they are listed. */
const commands: readonly CommandEntry[] = [
  { name: 'send', group: 'Send', build: sendCommand },
  { name: 'flow', group: 'Send', build: flowCommand },
  { name: 'handshake', group: 'Send', build: handshakeCommand },
  { name: 'resend', group: 'Send', build: resendCommand },
  { name: 'check', group: 'Test', build: checkCommand },
  { name: 'run', group: 'Test', build: runCommand, startsProgram: true },
  { name: 'load', group: 'Test', build: loadCommand },
  { name: 'listen', group: 'Inspect', build: listenCommand },
  { name: 'ui', group: 'Inspect', build: uiCommand },
  { name: 'verify', group: 'Inspect', build: verifyCommand },
  { name: 'log', group: 'Inspect', build: logCommand },
  { name: 'list', group: 'Inspect', build: listCommand },
  { name: 'show', group: 'Inspect', build: showCommand },
  { name: 'sign', group: 'Inspect', build: signCommand },
  { name: 'keys', group: 'Inspect', build: keysCommand },
  { name: 'export', group: 'Inspect', build: exportCommand },
  { name: 'init', group: 'Set up', build: initCommand },
  { name: 'config', group: 'Set up', build: configCommand },
  { name: 'provider', group: 'Set up', build: providerCommand },
  { name: 'mcp', group: 'Set up', build: mcpCommand },
  { name: 'docs', group: 'Set up', build: docsCommand },
  { name: 'completion', group: 'Set up', build: completionCommand },
  { name: 'complete', group: 'Set up', build: completeCommand, hidden: true },
];

interface BuildOptions {
  /** The only command that is built. */
  readonly only?: string | undefined;
  /** The arguments after `--`; null where there was none. */
  readonly rest?: readonly string[] | null;
}

/** Builds the command tree, or only one command of it; `finish` is called with the exit code of a command that has one. */
export function buildProgram(io: Io, finish: Finish, { only, rest = null }: BuildOptions = {}): Command {
  const program = new Command('webhook-sim')
    .description(
      'A webhook provider on your own machine: real payloads, headers and signatures, sent to your receiver.',
    )
    .usage('<command> [options]')
    .addHelpText('before', examples)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .commandsGroup('Set up:')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('Run with --help to see what there is.')
    .configureHelp({ minWidthToWrap: 30 })
    .exitOverride()
    .hook('preAction', (_, command) => assertNoSwallowedFlags(command))
    .configureOutput({
      writeOut: (text) => io.stdout.write(pastable(text, io)),
      writeErr: (text) => {
        if (!(io.errorStyle.json && io.errorStyle.quiet)) io.stderr.write(text);
      },
      outputError: (text, write) => write(text.replace(/^error: /, 'webhook-sim: ')),
      getOutHelpWidth: () => Math.min(io.stdout.columns, 110),
      getErrHelpWidth: () => Math.min(io.stderr.columns, 110),
    });
  for (const { name, group, build, hidden = false } of commands) {
    if (only !== undefined && name !== only) continue;
    const command = inherit(build(io, finish, rest), program).helpGroup(`${group}:`);
    program.addCommand(hidden ? command : withHelp(command), { hidden });
  }
  return program;
}

/** Gives a command, and those inside it, the settings of the program. */
function inherit(command: Command, program: Command): Command {
  for (const inner of command.commands) inherit(inner, program);
  return command.copyInheritedSettings(program);
}

function withHelp(command: Command): Command {
  for (const inner of command.commands) withHelp(inner);
  return command.helpOption('-h, --help', 'print this help');
}

/** The parser takes whatever follows a flag for its value: `--to --json` would send to a host named --json. */
function assertNoSwallowedFlags(command: Command): void {
  const flags = command.options.flatMap(({ short, long }) => [short, long]);
  for (const option of command.options) {
    const values: unknown[] = [command.getOptionValue(option.attributeName())].flat();
    const swallowed = values.find((value) => typeof value === 'string' && flags.includes(value));
    if (swallowed !== undefined) {
      throw new UsageError(
        'NO_VALUE',
        `${option.long} has no value: ${swallowed}, which follows it, is a flag itself.`,
        {
          facts: { option: option.long ?? option.flags },
        },
      );
    }
  }
}
