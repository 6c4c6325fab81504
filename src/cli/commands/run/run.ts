import { resolve } from 'node:path';
import { UsageError } from '../../../core/errors.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { readWait } from '../../../launch/readWait.js';
import { readOptions } from '../../../options/readOptions.js';
import { type RunValues, runOptions } from '../../../options/run.js';
import type { Serving } from '../../../session/keys/serveKeys.js';
import { loadSuites } from '../../../session/suite/loadSuites.js';
import { exitCodeOfSuites, openSuiteRun } from '../../../session/suite/openSuiteRun.js';
import { runSettings } from '../../../session/suite/runSettings.js';
import type { RunTalk } from '../../../session/target/runTalk.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { showWaiting } from '../../io/showWaiting.js';
import { waitForDrain } from '../../io/waitForDrain.js';
import type { Waiting } from '../../io/waitNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withFailureReport } from '../../reporting/failureReport.js';
import { openReports, type ReportFlags } from '../../reporting/reports.js';
import { withReport } from '../../reporting/withReport.js';
import { servedKeys } from '../../target/beforeAll.js';
import { announceRoute } from '../../target/routeTalk.js';
import { type SendTalk, sendTalk } from '../../target/talk.js';
import { listSuites } from './listSuites.js';
import { repositoryFile } from './repositoryFile.js';

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
  const talk = sendTalk(io, quiet);
  const log = logDeliveries(project, options, io);
  const request = { suites, project, settings, log, program, wait, talk: runTalk(talk, options, io) };
  const opened = await openSuiteRun(request, options, io);
  let keys: Serving | null = null;
  try {
    if (options.list) {
      listSuites(opened.groups, options, io);
      return exitCodes.ok;
    }
    // Receivers may fetch the keys when they start.
    keys = await servedKeys(options.serveKeys, opened.signers(), talk);
    const inputs = [...suites.map(({ file }) => file), project.file ?? []].flat().map((file) => resolve(io.cwd, file));
    const reports = await openReports(options, io, { fileOf: repositoryFile(suites, io), inputs, usual: true });
    let isReportLost = false;
    let waiting: Waiting | undefined;
    let code: number = exitCodes.ok;
    try {
      io.favourStart();
      waiting = showWaiting('Running the suites', options, io);
      let done = 0;
      for await (const event of opened.events()) {
        reports.event(event);
        if (event.type === 'result') waiting.update(`Running the suites: ${++done} cases are done`);
        if (event.type === 'suite-summary') code = exitCodeOfSuites(event, io.interrupted.reason);
        if (io.stdout.behind) await waitForDrain(io.stdout.behind, io.interrupted);
      }
    } finally {
      waiting?.end();
      isReportLost = await reports.close();
    }
    // Who asked for a report and has none must know; what deliveries earned stands.
    return code === exitCodes.ok && isReportLost ? exitCodes.usage : code;
  } finally {
    await opened.close();
    await keys?.close();
  }
}

/** What is reported around the results of a run. */
function runTalk(talk: SendTalk, options: RunValues, io: Io): RunTalk {
  const quiet = options.quiet === true;
  return {
    ...talk,
    warn: (line) => io.stderr.write(`${line}\n`),
    route: (route, url) => announceRoute(route, url, io, quiet),
  };
}
