import { resolve } from 'node:path';
import { withEnvFiles } from '../../config/envFiles.js';
import type { LoadedSuite } from '../../config/loadSuite.js';
import type { Project } from '../../config/project.js';
import type { Provider } from '../../core/provider.js';
import { exitCodeOf, exitCodes } from '../../core/run.js';
import type { Secret } from '../../core/secret.js';
import type { RunProblem, SuiteEnded, SuiteEvent } from '../../core/suite.js';
import type { World } from '../../core/world.js';
import type { DeliveryLog } from '../../history/logDeliveries.js';
import type { Wait } from '../../launch/readWait.js';
import { type RunValues, type SharedRunValues, sharedRunOptions } from '../../options/run.js';
import { findProvider } from '../../providers/findProvider.js';
import { withWarnings } from '../../simulate/lateWarnings.js';
import { runSuites, type Sums } from '../../suite/runSuites.js';
import { selectUnits } from '../../suite/select.js';
import { SuiteTally } from '../../suite/suiteTally.js';
import type { Unit, UnitGroup } from '../../suite/unit.js';
import { withEnvironment } from '../project/projectOptions.js';
import type { RunMessages } from '../target/target.js';
import { prepareSuite } from './prepareSuite.js';
import { type PreparedSuiteRun, prepareSuiteRun, type SuiteDestination } from './prepareSuiteRun.js';
import type { RunSettings } from './suiteContext.js';
import { TargetPool } from './targetPool.js';

/** The suites to run, and their settings. */
export interface SuiteRunRequest {
  readonly suites: readonly LoadedSuite[];
  readonly project: Project;
  readonly settings: RunSettings;
  readonly talk: RunMessages;
  readonly log: DeliveryLog;
  /** The command to start as the target, with its arguments; null for none. */
  readonly program: readonly string[] | null;
  /** Null where nothing is waited for. */
  readonly wait: Wait | null;
}

/** Suites whose cases are ready; whoever opened it closes it. */
export interface OpenSuiteRun {
  /** The cases that are chosen. */
  readonly groups: readonly UnitGroup[];
  /** The providers that sign the deliveries, with their secrets. */
  readonly signers: () => (readonly [Provider, readonly Secret[]])[];
  /** The targets of the chosen cases; empty for the built-in receiver. */
  readonly destinations: () => readonly SuiteDestination[];
  /** Waits for the receiver where asked to, and runs the cases: yields each as it ends, and the summary last. */
  readonly events: () => AsyncGenerator<SuiteEvent, void>;
  readonly close: () => Promise<void>;
}

/** Makes all cases of suites ready: all that can be wrong with any is a UsageError before the first one is run. */
export async function openSuiteRun(request: SuiteRunRequest, options: RunValues, io: World): Promise<OpenSuiteRun> {
  const ways = new TargetPool(request.talk, io.clock);
  let ready: PreparedSuiteRun | null = null;
  const close = async () => {
    request.log.close();
    await ready?.stop();
    await ways.close();
  };
  try {
    const groups = selectUnits(await prepareAll(request, options, ways, io), request.settings);
    ways.use(groups.flatMap(({ units }) => units.filter(isRun).flatMap((unit) => unit.ways)));
    const events = async function* () {
      const { wait, program } = request;
      const quiet = options.quiet === true;
      ready = await prepareSuiteRun({ wait, program, destinations: ways.destinations(), quiet }, io);
      ways.announce();
      const chosen = ready.left === null ? groups : disableUnits(groups, 'the run did not start');
      yield* runCases(chosen, { ...request, ready, ways }, options, io);
      await ways.end();
    };
    const destinations = () => ways.destinations();
    return { groups, signers: () => ways.signers(), destinations, events, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function prepareAll(
  { suites, project, settings, log }: SuiteRunRequest,
  options: RunValues,
  ways: TargetPool,
  io: World,
): Promise<UnitGroup[]> {
  const groups: UnitGroup[] = [];
  for (const loaded of suites) {
    // Variables of the .env files next to a suite are weaker than those of the project.
    const own = withEnvFiles(project.env, loaded.folder);
    const group = await prepareSuite({
      loaded,
      project: { ...project, env: own.env },
      options: sharedOptions(options, io.cwd),
      io: withEnvironment(io, { env: own.env, cwd: loaded.folder }),
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

/** Returns the options that replace the defaults of suites; their paths start from the working folder. */
function sharedOptions(options: RunValues, cwd: string): SharedRunValues {
  const paths = ['cacert', 'cert', 'key', 'unixSocket'];
  const given = Object.keys(sharedRunOptions).flatMap((key) => {
    const value: unknown = options[key as keyof RunValues];
    if (value === undefined) return [];
    return [[key, paths.includes(key) && value !== '' ? resolve(cwd, value as string) : value]];
  });
  return { ...Object.fromEntries(given), nameOf: options.nameOf };
}

function disableUnits(groups: readonly UnitGroup[], reason: string): UnitGroup[] {
  return groups.map((group) => ({ ...group, units: group.units.map((unit) => ({ ...unit, disabled: reason })) }));
}

interface Running extends SuiteRunRequest {
  readonly ready: PreparedSuiteRun;
  readonly ways: TargetPool;
}

async function* runCases(
  groups: readonly UnitGroup[],
  { project, ready, settings, ways, suites, log }: Running,
  options: RunValues,
  io: World,
): AsyncGenerator<SuiteEvent, void> {
  const names = groups.flatMap(({ units }) =>
    units.flatMap(({ items }) => items.flatMap((item) => item.provider ?? [])),
  );
  const known = [...new Set(names)].map((name) => findProvider(name, project));
  const tally = new SuiteTally({
    events: new Map(known.map(({ name, events }) => [name, Object.keys(events)])),
    showsCoverage: options.coverage === true || options.minCoverage !== undefined,
    budgets: settings.budgets,
  });
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
    if (event.type !== 'suite-summary') {
      yield event;
      continue;
    }
    const late = await ways.lateWarnings(io.interrupted);
    yield* late;
    const ended = { ...event, run: withWarnings(event.run, late) };
    keepEnd(ended, { suites, log }, io);
    yield ended;
  }
}

/** Keeps what a run of suites came to. */
function keepEnd(ended: SuiteEnded, { suites, log }: Pick<SuiteRunRequest, 'suites' | 'log'>, { clock }: World): void {
  const { counts, interrupted } = ended;
  const exitCode = interrupted ? null : suitesExitCode(ended, null);
  log.addEnd({
    ...{ provider: null, names: suites.map(({ shown }) => shown), url: null, target: null, grade: null },
    ...{ counts, interrupted, exitCode, endedAt: clock.now() },
    verdict: exitCode === null ? 'not_judged' : exitCode === exitCodes.ok ? 'passed' : 'failed',
  });
}

/** Returns the problem of the run as a whole: its receiver was never ready, or ended before the cases did. */
async function problemOf({ left, started }: PreparedSuiteRun, { counts }: Sums, io: World): Promise<RunProblem | null> {
  if (io.interrupted.aborted) return null;
  if (left !== null) return left;
  const how = (await started?.hasEnded()) ?? null;
  if (started === null || how === null) return null;
  const message = `The receiver is gone: ${how} before the run was over.`;
  io.stderr.write(`webhook-sim: ${message}\n`);
  // One that has answered all that it had to may go.
  return counts.failed > 0 ? { code: 'RECEIVER_ENDED', message, log: started.logSince(0) || null } : null;
}

/** Returns the exit code of a run of suites: that of its deliveries, 3 where the run itself had a problem, and 1 where only a budget was exceeded. */
export function suitesExitCode({ run, budgets, problem }: SuiteEnded, signal: unknown): number {
  const code = exitCodeOf(run, signal);
  if (code !== exitCodes.ok) return code;
  if (problem) return exitCodes.broken;
  return budgets.some(({ ok }) => !ok) ? exitCodes.rejected : code;
}
