import type { Project } from '../../config/project.js';
import type { ChosenTarget } from '../../config/target.js';
import type { NamedRoute } from '../../core/route.js';
import type { RunEnded } from '../../core/run.js';
import { type LogOptions, logDeliveries } from '../../history/logDeliveries.js';
import type { Reporter } from '../../report/shared/reporter.js';
import { type HandshakeRun, sendHandshakeRuns } from '../../session/handshake/sendHandshakeRuns.js';
import type { OpenTarget } from '../../session/target/openTarget.js';
import { Transport } from '../../transport/transport.js';
import type { Io } from '../io/io.js';
import { waitForDrain } from '../io/output.js';
import { showWaiting } from '../io/showWaiting.js';
import type { StatusMessages } from './statusMessages.js';

/** The means to send and report handshakes. */
export interface HandshakeMeans {
  readonly open: OpenTarget;
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  readonly talk: StatusMessages;
  readonly report: Reporter;
  readonly options: LogOptions & { readonly json?: boolean };
}

/** Sends the handshakes of one provider or of several and reports each; resolves with their summary, which is not reported yet. */
export async function runHandshakes(
  runs: readonly HandshakeRun[],
  { open, project, target, route, talk, report, options }: HandshakeMeans,
  io: Io,
): Promise<RunEnded> {
  const transport = new Transport({ route });
  const log = logDeliveries({ project, command: 'handshake' }, options, io);
  let summary: RunEnded | undefined;
  const waiting = showWaiting(`Waiting for ${open.shown} to answer the handshake`, options, io);
  try {
    for await (const { event, run } of sendHandshakeRuns(runs, { urlFor: open.urlFor, transport }, io)) {
      if (event.type === 'summary') {
        summary = event;
        continue;
      }
      report.event(event);
      if (run) {
        log.add(event.ended, { target, route }, { purpose: 'handshake' });
        talk.ended(event.ended, run.provider, run.secrets);
      }
      if (io.stdout.behind) await waitForDrain(io.stdout.behind, io.interrupted);
    }
  } finally {
    waiting.end();
    log.close();
    transport.close();
  }
  return summary!;
}
