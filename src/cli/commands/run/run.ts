import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { LoadedSuite } from '../../../config/loadSuite.js';
import { UsageError } from '../../../core/errors.js';
import { printable } from '../../../core/printable.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { readWait } from '../../../launch/readWait.js';
import { readOptions } from '../../../options/readOptions.js';
import { type RunValues, runOptions } from '../../../options/run.js';
import type { FileOf } from '../../../report/suite/suiteTotals.js';
import type { Serving } from '../../../session/keys/serveKeys.js';
import { loadSuites } from '../../../session/suite/loadSuites.js';
import { openSuiteRun, suitesExitCode } from '../../../session/suite/openSuiteRun.js';
import { runSettings } from '../../../session/suite/suiteContext.js';
import type { RunMessages } from '../../../session/target/target.js';
import type { TriedItem, UnitGroup } from '../../../suite/unit.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { waitForDrain } from '../../io/output.js';
import { showWaiting } from '../../io/showWaiting.js';
import type { Waiting } from '../../io/waitNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withFailureReport } from '../../reporting/failureReport.js';
import { openReports, type ReportFlags } from '../../reporting/reports.js';
import { withReport } from '../../reporting/withReport.js';
import { serveRunKeys } from '../../target/startup.js';
import { createStatusMessages, logRoute, type StatusMessages } from '../../target/statusMessages.js';

/** Runs `run`; resolves with the exit code. */
export async function runSuiteFiles(
  names: readonly string[],
  flags: RawFlags,
  program: readonly string[] | null,
  io: Io,
): Promise<number> {
  const inputs = names.map((name) => resolve(io.cwd, name));
  return withFailureReport(flags.list ? {} : (flags as ReportFlags), io, inputs, async () =>
    runNamed(names, readOptions(runOptions, flags, flagName), program, io),
  );
}

async function runNamed(
  names: readonly string[],
  given: RunValues,
  program: readonly string[] | null,
  io: Io,
): Promise<number> {
  const settings = runSettings(given);
  if (program?.length === 0) {
    throw new UsageError(
      'NO_PROGRAM',
      'There is no command after --. Write the one that starts the receiver: -- npm start.',
    );
  }
  const wait = readWait({ wait: given.wait, waitFor: given.waitFor, command: program ?? [], nameOf: given.nameOf });
  const project = await loadProject(given, io);
  const options = withReport(given, project, io);
  const suites = await loadSuites(names, project, io.cwd);
  const quiet = options.quiet === true;
  const talk = createStatusMessages(io, quiet);
  const log = logDeliveries({ project, command: 'run' }, options, io);
  const request = { suites, project, settings, log, program, wait, talk: runTalk(talk, options, io) };
  const opened = await openSuiteRun(request, options, io);
  let keys: Serving | null = null;
  try {
    if (options.list) {
      listSuites(opened.groups, options, io);
      return exitCodes.ok;
    }
    // Receivers may fetch the keys when they start.
    keys = await serveRunKeys(options.serveKeys, opened.signers(), talk);
    const inputs = [...suites.map(({ file }) => file), project.file ?? []].flat().map((file) => resolve(io.cwd, file));
    const reports = await openReports(options, io, { fileOf: repositoryFile(suites, io), inputs, usual: true });
    let isReportLost = false;
    let waiting: Waiting | undefined;
    let code: number = exitCodes.ok;
    try {
      io.disableWasmTierUp();
      waiting = showWaiting('Running the suites', options, io);
      let done = 0;
      for await (const event of opened.events()) {
        reports.event(event);
        if (event.type === 'result') waiting.update(`Running the suites: ${++done} cases are done`);
        if (event.type === 'suite-summary') code = suitesExitCode(event, io.interrupted.reason);
        if (io.stdout.behind) await waitForDrain(io.stdout.behind, io.interrupted);
      }
    } finally {
      waiting?.end();
      isReportLost = await reports.close();
    }
    // A lost report is a failure; the exit code of deliveries wins.
    return code === exitCodes.ok && isReportLost ? exitCodes.usage : code;
  } finally {
    await opened.close();
    await keys?.close();
  }
}

/** Returns the messages before and after the results of a run. */
function runTalk(talk: StatusMessages, options: RunValues, io: Io): RunMessages {
  const quiet = options.quiet === true;
  return {
    ...talk,
    warn: (line) => io.stderr.write(`${line}\n`),
    route: (route, url) => logRoute(route, url, io, quiet),
  };
}

/** Prints the cases for `--list`, as they would be run. */
function listSuites(groups: readonly UnitGroup[], { json }: { readonly json?: boolean }, io: Io): void {
  const items = groups.flatMap(({ units }) =>
    units.flatMap(({ items, disabled }) => items.map((item) => ({ ...item, disabled }))),
  );
  if (json) {
    io.stdout.write(`${JSON.stringify(suiteListDocument(items), null, 2)}\n`);
    return;
  }
  let suite: string | null = null;
  for (const item of items) {
    if (item.suite !== suite) io.stdout.write(`${suite === null ? '' : '\n'}${printable(item.suite)}\n`);
    suite = item.suite;
    const left = item.disabled === null ? '' : `  (not run: ${printable(item.disabled)})`;
    io.stdout.write(`  ${printable(item.name)}${left}\n`);
  }
}

/** Builds the document of `run --list --json`. */
export function suiteListDocument(items: readonly (TriedItem & { readonly disabled: string | null })[]) {
  const cases = items.map(({ name, ...item }) => ({ case: name, ...item }));
  return { schemaVersion: 1, type: 'suite-list', cases } as const;
}

/** Names the files of suites as their repository does: from the workspace of the CI, else from the working folder. */
function repositoryFile(suites: readonly LoadedSuite[], { cwd, env }: Io): FileOf {
  const root = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || cwd;
  const files = new Map(
    suites.map(({ shown, file }) => {
      const path = relative(root, resolve(cwd, file));
      return [shown, path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/')];
    }),
  );
  return (suite) => files.get(suite) ?? null;
}
