import type { Header } from '../../core/delivery.js';
import { formatDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import { excerpt, printable } from '../../core/printable.js';
import type { NamedRoute } from '../../core/route.js';
import type { RunProblem } from '../../core/suite.js';
import type { World } from '../../core/world.js';
import type { Wait } from '../../launch/readWait.js';
import type { Started } from '../../launch/startProgram.js';

/** An address that a run sends to. */
export interface SuiteDestination {
  readonly url: string;
  readonly route: NamedRoute;
  readonly headers: readonly Header[];
}

export interface Readiness {
  /** Null where nothing is waited for. */
  readonly wait: Wait | null;
  /** The command to start as the target, with its arguments; null for none. */
  readonly program: readonly string[] | null;
  readonly destinations: readonly SuiteDestination[];
  readonly quiet: boolean;
}

/** The state of a run once its targets are ready, or have failed. */
export interface PreparedSuiteRun {
  readonly started: Started | null;
  /** The reason to skip the cases; null where they are run. */
  readonly left: RunProblem | null;
  stop(): Promise<void>;
}

/** Lines of the log of a program that did not become ready. */
const lastLines = 30;

/** Starts the receiver where one is to be started, and waits until the targets are ready. Throws a UsageError where it can't be started. */
export async function prepareSuiteRun(
  { wait, program, destinations, quiet }: Readiness,
  io: World,
): Promise<PreparedSuiteRun> {
  const none: PreparedSuiteRun = { started: null, left: null, stop: async () => {} };
  if (wait === null) return none;
  const started = program === null ? null : await start(program, destinations, io);
  const stop = async () => {
    const left = await started?.stop();
    if (left?.length)
      io.stderr.write(`Not stopped, because this user is not allowed to: process ${left.join(', ')}.\n`);
  };
  const { waitForTarget } = await import('../../launch/waitForTarget.js');
  let spentMs = 0;
  for (const destination of destinations) {
    const waited = await waitForTarget({
      ...destination,
      wait: { ...wait, limitMs: Math.max(1, wait.limitMs - spentMs) },
      clock: io.clock,
      signal: io.interrupted,
      program: started,
    }).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    if (!waited.ready) {
      const message = `${printable(waited.message)}. Nothing was sent.`;
      io.stderr.write(`webhook-sim: ${message}\n`);
      const log = started && waited.because !== 'interrupted' ? started.logSince(0) || null : null;
      if (log !== null) showLog(log, io);
      return { started, left: { code: 'NOT_READY', message, log }, stop };
    }
    spentMs += waited.tookMs;
  }
  if (!quiet && spentMs >= 1) io.stderr.write(`Ready after ${formatDuration(spentMs)}\n`);
  return { started, left: null, stop };
}

async function start(
  command: readonly string[],
  destinations: readonly SuiteDestination[],
  io: World,
): Promise<Started> {
  const { startReceiver } = await import('../../launch/startReceiver.js');
  if (destinations.length === 0) {
    throw new UsageError(
      'NO_DESTINATION',
      'The command after -- starts a receiver, but every case goes to the built-in one. Name its address as the target.',
    );
  }
  const say = (line: string) => io.stderr.write(`${line}\n`);
  return startReceiver({ command, places: destinations, say }, io);
}

function showLog(log: string, io: World): void {
  const lines = log.trimEnd().split(/\r?\n/).slice(-lastLines);
  if (lines.join('') !== '') io.stderr.write(`It wrote:\n${lines.map((line) => `  ${excerpt(line, 300)}\n`).join('')}`);
}
