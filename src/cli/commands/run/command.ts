import { Command, Option } from 'commander';
import type { Io } from '../../io/io.js';
import { collect } from '../../options/collect.js';
import { configOption, reportNegations } from '../../options/configOption.js';
import { routeOptions } from '../../options/route.js';
import { serveKeysOption } from '../../options/startOptions.js';
import type { RunFlags } from './runFlags.js';

const examples = `Examples:
  webhook-sim run
  webhook-sim run smoke.webhooks.yaml --to https://staging.example.com/webhooks
  webhook-sim run --report junit=webhooks.xml --report html=webhooks.html
  webhook-sim run -- npm start
`;

const reports = `
Reports, for --report (repeatable; - writes to stdout in place of the usual report):
  junit=FILE   JUnit XML, for Jenkins, GitLab and others
  tap=FILE     TAP 14
  sarif=FILE   the flaws that checks found, for code scanning
  html=FILE    one page: table, timing chart, requests and answers
  har=FILE     every request and answer, for browsers and proxies
  json=FILE    what --json prints
  github       annotations and a summary of the step; on by itself under GitHub Actions

Exit codes: 0 all cases passed, 1 a case or budget failed, 2 usage, nothing was sent,
3 a receiver was unreachable or broken, 4 it did not answer in time.`;

/** `run`: the cases of suites; `program` is the command line after `--`, which starts the receiver. */
export function runCommand(io: Io, finish: (exitCode: number) => void, program: readonly string[] | null): Command {
  const command = new Command('run')
    .summary('run suites: smoke tests with expectations, for CI')
    .description(
      'Run suites of cases with expectations. Without a file, those of the project config and all *.webhooks.yaml (or .json, .ts, …) from here down. A command after -- is started first and stopped at the end.',
    )
    .usage('[options] [suite...] [-- command]')
    .argument('[suite...]', 'files, folders, or names of suites of the config')
    .addHelpText('before', examples)
    .addHelpText('after', reports);
  const grouped = (group: string, ...options: Option[]) => options.map((option) => option.helpGroup(group));
  const options = [
    ...grouped(
      'Which cases:',
      new Option('--grep <pattern>', 'only cases whose name matches this regular expression'),
      new Option('--shard <part>', 'one part of several, such as 1/3'),
      new Option('--list', 'list the cases and send nothing'),
    ),
    ...grouped(
      'Where and how:',
      new Option('--to <target>', 'target of the cases that name none of their own'),
      new Option('--timeout <duration>', "time limit of an attempt, such as 5s; default: the provider's own"),
      new Option('--wait <duration>', 'wait until the target accepts connections; default after --: 60s'),
      new Option('--wait-for <path>', 'wait until this path of the target answers'),
      new Option('--concurrency <n>', 'cases under way at once'),
      new Option('--bail [n]', 'stop at the first failed case, or the n-th'),
      new Option('--rerun-failed <n>', 'try a failed case again, up to n times; it is told as flaky'),
      serveKeysOption(),
      configOption(),
    ),
    ...routeOptions(),
    ...grouped(
      'What must hold for all of it:',
      new Option('--max-latency <limit>', 'such as p95=500ms; min, mean, p50, p95, p99, max (repeatable)').argParser(
        collect,
      ),
      new Option('--min-accepted <share>', 'share of genuine deliveries that are accepted, such as 100%'),
      new Option('--min-coverage <share>', "share of the providers' events that are exercised"),
    ),
    ...grouped(
      'What to show:',
      new Option('--report <kind=file>', 'write a report; see below (repeatable)').argParser(collect),
      new Option('--no-log', 'keep nothing of it in the delivery log'),
      new Option('--no-github', 'no annotations and summary under GitHub Actions'),
      new Option('--coverage', 'which events of the providers were exercised'),
      new Option('--json', 'one JSON object per line'),
      new Option('-q, --quiet', 'only results, no talk on stderr'),
      new Option('-v, --verbose', 'show the request, the phases and the answer'),
    ),
  ];
  for (const option of [...options, ...reportNegations()]) command.addOption(option);
  return command.action(async (suites: string[], flags: RunFlags) => {
    const { run } = await import('./run.js');
    finish(await run(suites, flags, program, io));
  });
}
