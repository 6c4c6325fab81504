import { UsageError } from '../../core/errors.js';
import type { ResultEnded, SuiteEnded } from '../../core/suite.js';
import { readWait } from '../../launch/readWait.js';
import { runOptions } from '../../options/run.js';
import { loadSuites } from '../../session/suite/loadSuites.js';
import { openSuiteRun, suitesExitCode } from '../../session/suite/openSuiteRun.js';
import { runSettings } from '../../session/suite/suiteContext.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { callName } from '../assertOptions.js';
import { serveCallKeys } from '../project/callDestination.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  ProjectOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import { callLog } from '../project/callWorld.js';
import { openCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';

const callOptions = omitOptions(runOptions, ['list', 'report', 'github', 'json', 'quiet', 'verbose']);

/** Reads all options, runs the suites and returns the result. */
export async function performSuite(given: RunSuiteOptions): Promise<SuiteResult> {
  const { command = null, suites: names = [], bail, wait, ...others } = given;
  const typed = {
    ...others,
    ...(bail !== undefined && bail !== false && { bail }),
    ...(wait !== undefined && { wait: typeof wait === 'number' ? `${wait}ms` : wait }),
  };
  const options = readCall(callOptions, ['signal'], typed);
  if (command?.length === 0) throw new UsageError('NO_PROGRAM', `${callName('command')}: there is no program in it.`);
  const settings = runSettings(options);
  const readiness = { wait: options.wait, waitFor: options.waitFor, command: command ?? [], nameOf: callName };
  const { project, io } = await openCall({ config: given.config, signal: given.signal, readsEnvironment: true });
  const suites = await loadSuites(names, project, io.cwd);
  const log = callLog({ project, command: 'run' }, options, io);
  const request = {
    suites,
    project,
    settings,
    log,
    talk: silentMessages(io),
    program: command,
    wait: readWait(readiness),
  };
  const run = await openSuiteRun(request, { ...options, quiet: true }, io);
  const keys = await serveCallKeys(options.serveKeys, run.signers()).catch(async (error: unknown) => {
    await run.close();
    throw error;
  });
  const results: ResultEnded[] = [];
  let summary: SuiteEnded | undefined;
  try {
    for await (const event of run.events()) {
      if (event.type === 'result') results.push(event);
      else if (event.type === 'suite-summary') summary = event;
      else io.notes.push(event.message);
    }
  } finally {
    await run.close();
    await keys?.close();
  }
  const exitCode = suitesExitCode(summary!, null);
  return freezeResult({
    ok: exitCode === 0 && !summary!.interrupted,
    exitCode,
    results,
    summary: summary!,
    notes: [...io.notes],
  });
}

/** The suites to run, and the thresholds for the whole run. The environment counts as on the command line: suites name variables. */
export interface RunSuiteOptions extends WaitingOptions, ConnectionOptions, BesideOptions, ProjectOptions {
  /** Files, folders, or names of suites of the config; by default those of the config and all below the working folder. */
  readonly suites?: readonly string[];
  /** Only cases whose name matches. */
  readonly grep?: string | RegExp;
  /** One part of several, such as `1/3`. */
  readonly shard?: string;
  /** The target of the cases that name none of their own. */
  readonly to?: string | URL;
  /** A program that is started to be the receiver, with its arguments, and stopped at the end. */
  readonly command?: readonly string[];
  /** Waits so long (`30s`) until the target accepts connections. */
  readonly wait?: string | number;
  /** Waits until this path of the target answers. */
  readonly waitFor?: string;
  /** Concurrent cases; by default as the suite says. */
  readonly concurrency?: number;
  /** Stops at the first failed case (`true`), or at the n-th. */
  readonly bail?: boolean | number;
  /** Tries a failed case again, up to so many times; what passes then is flaky. */
  readonly rerunFailed?: number;
  /** Limits of the latency, such as `p95=500ms`. */
  readonly maxLatency?: string | readonly string[];
  /** The share of genuine deliveries that must be accepted, such as `100%`. */
  readonly minAccepted?: string;
  /** The share of the providers' events that must be exercised. */
  readonly minCoverage?: string;
  /** Reports which events of the providers were exercised. */
  readonly coverage?: boolean;
}

/** The result of a run of suites. */
export interface SuiteResult extends CallResult {
  /** Each case, in the order in which they ended. */
  readonly results: readonly ResultEnded[];
  readonly summary: SuiteEnded;
}
