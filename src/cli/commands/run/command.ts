import { Command } from 'commander';
import { runOptions } from '../../../options/run.js';
import { formats } from '../../../report/formats.js';
import type { Io } from '../../io/io.js';
import { addFlags, type RawFlags } from '../../options/flags.js';

const examples = `Examples:
  webhook-sim run
  webhook-sim run smoke.webhooks.yaml --to https://staging.example.com/webhooks
  webhook-sim run --report junit=webhooks.xml --report html=webhooks.html
  webhook-sim run -- npm start
`;

const reports = `
Reports, for --report (repeatable; - writes to stdout instead of the usual
report):
${formats.map(({ name, help }) => `  ${`${name}=FILE`.padEnd(12)} ${help}\n`).join('')}  github       annotations and a summary of the step; the default under GitHub
               Actions

Exit codes: 0 all cases passed, 1 a case or budget failed, 2 usage,
nothing was sent, 3 a receiver was unreachable or broken, 4 it did not answer
in time.`;

/** `run`: the cases of suites; `program` is the command line after `--`, which starts the receiver. */
export function runCommand(io: Io, finish: (exitCode: number) => void, program: readonly string[] | null): Command {
  const command = new Command('run')
    .summary('run suites of expectations, for CI')
    .description(
      'Run suites of cases with expectations. Without a file, those of the project config and all *.webhooks.yaml (or .json, .ts, …) in this folder and below. A command after -- is started first and stopped at the end.',
    )
    .usage('[options] [suite...] [-- command]')
    .argument('[suite...]', 'files, folders, or suites of the config')
    .addHelpText('before', examples)
    .addHelpText('after', reports);
  addFlags(command, runOptions);
  return command.action(async (suites: string[], flags: RawFlags) => {
    const { runSuiteFiles } = await import('./run.js');
    finish(await runSuiteFiles(suites, flags, program, io));
  });
}
