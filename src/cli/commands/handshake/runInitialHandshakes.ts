import type { Project } from '../../../config/project.js';
import type { ChosenTarget } from '../../../config/target.js';
import type { NamedRoute } from '../../../core/route.js';
import type { LogOptions } from '../../../history/logDeliveries.js';
import { handshakeText } from '../../../report/handshake/handshakeText.js';
import type { HandshakeRun } from '../../../session/handshake/sendHandshakeRuns.js';
import type { OpenTarget } from '../../../session/target/openTarget.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { openReport, type ReportOptions } from '../../reporting/openReport.js';
import { runHandshakes } from '../../target/runHandshakes.js';
import type { StatusMessages } from '../../target/statusMessages.js';

export interface FirstRequest {
  readonly runs: readonly HandshakeRun[];
  readonly open: OpenTarget;
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  readonly talk: StatusMessages;
}

/** Sends the handshakes before the first delivery; resolves with the exit code where nothing may follow, else null. */
export async function runInitialHandshakes(
  { runs, talk, ...means }: FirstRequest,
  options: ReportOptions & LogOptions,
  io: Io,
): Promise<number | null> {
  const report = openReport(options, io, handshakeText);
  const summary = await runHandshakes(runs, { ...means, talk, report, options }, io);
  const code = exitCodeOf(summary, io.interrupted.reason);
  if (code === exitCodes.ok) return null;
  report.event(summary);
  if (!summary.interrupted) talk.say('Nothing more was sent: the provider sends no event before its handshake.');
  return code;
}
