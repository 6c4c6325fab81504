import { logDeliveries } from '../../../history/logDeliveries.js';
import type { FlowValues } from '../../../options/flow.js';
import { flowText } from '../../../report/flow/flowText.js';
import { FlowVerdict } from '../../../session/flow/flowVerdict.js';
import { openFlows } from '../../../session/flow/openFlows.js';
import type { ReadyRun } from '../../../session/flow/prepareRun.js';
import { openFlowTarget } from '../../../session/target/openFlowTarget.js';
import { Transport } from '../../../transport/transport.js';
import type { Io } from '../../io/io.js';
import { showWaiting } from '../../io/showWaiting.js';
import { waitForDrain } from '../../io/waitForDrain.js';
import type { Waiting } from '../../io/waitNotice.js';
import { nextCommand } from '../../reporting/nextCommand.js';
import { openReport } from '../../reporting/openReport.js';
import { firstHandshakes, servedKeys } from '../../target/beforeAll.js';
import { announceRoute } from '../../target/routeTalk.js';
import { sendTalk } from '../../target/talk.js';

/** Sends flows and reports them; resolves with the exit code. */
export async function reportFlows(ready: ReadyRun, options: FlowValues, io: Io): Promise<number> {
  const { secrets, route, handshakes } = ready;
  const quiet = options.quiet === true;
  const talk = sendTalk(io, quiet);
  const keys = await servedKeys(options.serveKeys, secrets, talk);
  const target = await openFlowTarget(ready.target, secrets, { talk, clock: io.clock });
  const transport = new Transport({ route });
  let waiting: Waiting | undefined;
  try {
    const { flows, play } = await openFlows(ready, options, { target, transport }, io);
    io.favourStart();
    announceRoute(route, target.url, io, quiet);
    for (const [provider, own] of secrets) talk.start(provider, target, own);
    const ended = await firstHandshakes({ runs: handshakes, open: target, route, talk }, options, io);
    if (ended !== null) return ended;
    const report = openReport(options, io, flowText);
    const log = logDeliveries(ready.project, options, io);
    const verdict = new FlowVerdict();
    waiting = showWaiting(`Waiting for ${target.shown} to answer`, options, io);
    for (const flow of flows) {
      if (io.interrupted.aborted) break;
      for await (const event of play(flow)) {
        report.event(event);
        verdict.add(event);
        if (event.type === 'delivery') {
          const { provider } = flow.steps[event.place.step - 1]!.script;
          const key = log.add(event, { target: ready.target, route });
          const shown = report.mask.delivery(event);
          const rejected = { event: shown, provider, target: ready.target.name, options };
          talk.ended(shown, provider, secrets.get(provider)!, nextCommand(rejected, { key, isOnly: false }));
        }
        if (io.stdout.behind) await waitForDrain(io.stdout.behind, io.interrupted);
      }
    }
    waiting.end();
    log.close();
    talk.end(target);
    return verdict.exitCode(io.interrupted.reason);
  } finally {
    waiting?.end();
    transport.close();
    await target.close();
    await keys?.close();
  }
}
