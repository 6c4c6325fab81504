import { resolve } from 'node:path';
import { withEnvFiles } from '../../../config/envFiles.js';
import type { Project } from '../../../config/project.js';
import type { LoadedSuite } from '../../../config/suiteFile.js';
import { UsageError } from '../../../core/errors.js';
import type { RunProblem, SuiteEnded } from '../../../core/suite.js';
import { type DeliveryLog, logDeliveries } from '../../../history/logDeliveries.js';
import { readWait } from '../../../launch/readWait.js';
import { readOptions } from '../../../options/readOptions.js';
import { type RunValues, runOptions, type SharedRunValues, sharedRunOptions } from '../../../options/run.js';
import { findProvider } from '../../../providers/findProvider.js';
import type { Serving } from '../../../session/keys/serveKeys.js';
import { seenFrom } from '../../../session/project/seenFrom.js';
import { loadSuites } from '../../../session/suite/loadSuites.js';
import { makeReady, type Ready } from '../../../session/suite/makeReady.js';
import { prepareSuite } from '../../../session/suite/prepareSuite.js';
import { type RunSettings, runSettings } from '../../../session/suite/runSettings.js';
import { Ways } from '../../../session/suite/ways.js';
import type { RunTalk } from '../../../session/target/runTalk.js';
import { withWarnings } from '../../../simulate/lateWarnings.js';
import { runSuites, type Sums } from '../../../suite/runSuites.js';
import { selectUnits } from '../../../suite/select.js';
import { SuiteTally } from '../../../suite/suiteTally.js';
import type { Unit, UnitGroup } from '../../../suite/unit.js';
import { caughtUp } from '../../io/caughtUp.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withFailureReport } from '../../reporting/failureReport.js';
import { openReports, type ReportFlags, type Reports } from '../../reporting/reports.js';
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
  const ways = new Ways(runTalk(talk, options, io), io.clock);
  const log = logDeliveries(project, options, io);
  let ready: Ready | null = null;
  let keys: Serving | null = null;
  try {
    const groups = selectUnits(await prepareAll(suites, { project, options, ways, log, settings }, io), settings);
    if (options.list) {
      listSuites(groups, options, io);
      return exitCodes.ok;
    }
    ways.use(groups.flatMap(({ units }) => units.filter(isRun).flatMap((unit) => unit.ways)));
    // Receivers may fetch the keys when they start.
    keys = await servedKeys(options.serveKeys, ways.signers(), talk);
    const inputs = [...suites.map(({ file }) => file), project.file ?? []].flat().map((file) => resolve(io.cwd, file));
    const reports = await openReports(options, io, { fileOf: repositoryFile(suites, io), inputs, usual: true });
    let isReportLost = false;
    let code: number = exitCodes.ok;
    try {
      io.favourStart();
      ready = await makeReady({ wait, program, destinations: ways.destinations(), quiet }, io);
      ways.announce();
      const summary = await report(
        ready.left === null ? groups : leftOut(groups, 'the run did not start'),
        { project, ready, settings, options, reports, ways },
        io,
      );
      await ways.end();
      const isLeft = ready.left !== null && !summary.interrupted;
      code = isLeft ? exitCodes.broken : exitCodeOfRun(summary, io.interrupted.reason);
    } finally {
      isReportLost = await reports.close();
    }
    // Who asked for a report and has none must know; what deliveries earned stands.
    return code === exitCodes.ok && isReportLost ? exitCodes.usage : code;
  } finally {
    log.close();
    await ready?.stop();
    await ways.close();
    await keys?.close();
  }
}

interface Preparing {
  readonly project: Project;
  readonly options: RunValues;
  readonly ways: Ways;
  readonly log: DeliveryLog;
  readonly settings: RunSettings;
}

/** All that can be wrong with any case is found out before the first one is run. */
async function prepareAll(
  suites: readonly LoadedSuite[],
  { project, options, ways, log, settings }: Preparing,
  io: Io,
): Promise<UnitGroup[]> {
  const groups: UnitGroup[] = [];
  for (const loaded of suites) {
    // Variables of the .env files beside a suite are weaker than those of the project.
    const own = withEnvFiles(project.env, loaded.folder);
    const group = await prepareSuite({
      loaded,
      project: { ...project, env: own.env },
      options: sharedOptions(options, io.cwd),
      io: seenFrom(io, { env: own.env, cwd: loaded.folder }),
      ways,
      log,
    });
    groups.push({ ...group, concurrency: settings.concurrency ?? group.concurrency });
  }
  return groups;
}

function isRun({ disabled }: Unit): boolean {
  return disabled === null;
}

/** The options that stand in for what a suite says of all its cases; their paths start from the working folder. */
function sharedOptions(options: RunValues, cwd: string): SharedRunValues {
  const paths = ['cacert', 'cert', 'key', 'unixSocket'];
  const given = Object.keys(sharedRunOptions).flatMap((key) => {
    const value: unknown = options[key as keyof RunValues];
    if (value === undefined) return [];
    return [[key, paths.includes(key) && value !== '' ? resolve(cwd, value as string) : value]];
  });
  return { ...Object.fromEntries(given), nameOf: options.nameOf };
}

/** What is told around the results of a run. */
function runTalk(talk: SendTalk, options: RunValues, io: Io): RunTalk {
  const quiet = options.quiet === true;
  return {
    ...talk,
    warn: (line) => io.stderr.write(`${line}\n`),
    route: (route, url) => announceRoute(route, url, io, quiet),
  };
}

function leftOut(groups: readonly UnitGroup[], reason: string): UnitGroup[] {
  return groups.map((group) => ({ ...group, units: group.units.map((unit) => ({ ...unit, disabled: reason })) }));
}

interface Reporting {
  readonly project: Project;
  readonly ready: Ready;
  readonly settings: RunSettings;
  readonly options: RunValues;
  readonly reports: Reports;
  readonly ways: Ways;
}

/** Runs the cases and reports them; resolves with what they came to. */
async function report(
  groups: readonly UnitGroup[],
  { project, ready, settings, options, reports, ways }: Reporting,
  io: Io,
): Promise<SuiteEnded> {
  const providers = new Set(
    groups.flatMap(({ units }) => units.flatMap(({ items }) => items.flatMap((item) => item.provider ?? []))),
  );
  const known = [...providers].map((name) => findProvider(name, project));
  const tally = new SuiteTally({
    events: new Map(known.map(({ name, events }) => [name, Object.keys(events)])),
    showsCoverage: options.coverage === true || options.minCoverage !== undefined,
    budgets: settings.budgets,
  });
  let summary: SuiteEnded | undefined;
  for await (const event of runSuites({
    groups,
    tally,
    clock: io.clock,
    bail: settings.bail,
    rerunFailed: settings.rerunFailed,
    log: ready.started,
    problem: (sums) => problemOf(ready, sums, io),
    signal: io.interrupted,
  })) {
    if (event.type === 'suite-summary') {
      const late = await ways.lateWarnings(io.interrupted);
      for (const warning of late) reports.event(warning);
      summary = { ...event, run: withWarnings(event.run, late) };
    }
    reports.event(summary ?? event);
    if (io.stdout.behind) await caughtUp(io.stdout.behind, io.interrupted);
  }
  return summary!;
}

/** What is wrong with the run as a whole: its receiver was never ready, or ended before the cases did. */
async function problemOf({ left, started }: Ready, { counts }: Sums, io: Io): Promise<RunProblem | null> {
  if (io.interrupted.aborted) return null;
  if (left !== null) return left;
  const how = (await started?.hasEnded()) ?? null;
  if (started === null || how === null) return null;
  const message = `The receiver is gone: ${how} before the run was over.`;
  io.stderr.write(`webhook-sim: ${message}\n`);
  // One that has answered all that it had to may go.
  return counts.failed > 0 ? { code: 'RECEIVER_ENDED', message, log: started.logSince(0) || null } : null;
}

/** The exit code of the cases, and 1 where only a budget was not kept. */
function exitCodeOfRun({ run: sums, budgets, problem }: SuiteEnded, signal: unknown): number {
  const code = exitCodeOf(sums, signal);
  if (code !== exitCodes.ok) return code;
  if (problem) return exitCodes.broken;
  return budgets.some(({ ok }) => !ok) ? exitCodes.refused : code;
}
