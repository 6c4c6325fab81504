import { UsageError } from '../../core/errors.js';
import type { RunProblem, SuiteEnded } from '../../core/suite.js';
import { SuiteTally } from '../../suite/suiteTally.js';
import type { Io } from '../io/io.js';
import { openReports, type ReportChoice, type ReportFlags } from './reports.js';

/** Does work whose reports are asked for; where it fails before there is a run to report, they say so, and none of an earlier run stays. */
export async function withFailureReport<T>(
  flags: ReportFlags,
  io: Io,
  inputs: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isMisuse = error instanceof UsageError;
    const message = isMisuse ? error.message : 'The run ended by a bug in webhook-sim.';
    await writeFailureReport(flags, io, {
      inputs,
      problem: { code: isMisuse ? error.code : 'BUG', message, log: null },
    });
    throw error;
  }
}

/** Writes the reports of a run that ran nothing; none where they can't be opened, which is reported elsewhere. */
export async function writeFailureReport(
  flags: ReportFlags,
  io: Io,
  { problem, inputs = [] }: { readonly problem: RunProblem; readonly inputs?: readonly string[] },
): Promise<void> {
  const isUnderGithub = io.env.GITHUB_ACTIONS === 'true' && flags.github !== false;
  if (!flags.report?.length && !isUnderGithub) return;
  const choice: ReportChoice = { fileOf: () => null, inputs, usual: false };
  const reports = await openReports(flags, io, choice).catch(() => null);
  reports?.event(unstarted(problem, io.clock.now()));
  await reports?.close();
}

function unstarted(problem: RunProblem, now: number): SuiteEnded {
  const tally = new SuiteTally({ events: new Map(), showsCoverage: false, budgets: [] });
  return {
    type: 'suite-summary',
    startedAt: new Date(now).toISOString(),
    durationMs: 0,
    ...tally.summary(false),
    bailed: false,
    interrupted: false,
    problem,
  };
}
