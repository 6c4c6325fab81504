import { instantiateFlow } from '../../../flow/instantiateFlow.js';
import { scheduleSteps } from '../../../flow/scheduleSteps.js';
import type { FlowValues } from '../../../options/flow.js';
import { requestText } from '../../../report/run/requestText.js';
import { dryRunLine } from '../../../report/shared/jsonLines.js';
import { flowRandom } from '../../../session/flow/flowRandom.js';
import type { ReadyRun } from '../../../session/flow/prepareRun.js';
import { prepareInOrder } from '../../../session/handshake/prepareInOrder.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';

/** Where deliveries that are only shown would go when no target is named. */
const shownUrl = 'http://localhost:3000/';

/** `--dry-run`: shows the deliveries in place of sending them. What waits for an answer is left out, and told. */
export async function previewFlows(
  { target, settings, handshakes, flowsTo }: ReadyRun,
  options: FlowValues,
  io: Io,
): Promise<number> {
  const { ids, order, now } = flowRandom(settings, io);
  const show = options.json ? dryRunLine : requestText;
  const say = (line: string) => {
    if (!options.quiet) io.stderr.write(`${line}\n`);
  };
  const urlFor = target.address === null ? () => shownUrl : target.urlFor;
  const flows = await flowsTo(urlFor);
  const first = handshakes.flatMap((run) => run.handshakes);
  for await (const { delivery } of prepareInOrder(first, urlFor)) {
    io.stdout.write(`${show(delivery)}\n`);
  }
  for (const flow of flows) {
    const telling = instantiateFlow(flow, { random: ids, startMs: now() - flow.totalMs });
    for (const { step } of scheduleSteps(flow, settings.faults, order)) {
      if (io.stdout.broken) return exitCodes.ok;
      if (step.needs.length > 0) {
        say(`${step.script.place}: not shown, as it waits for an answer with ${step.needs.join(', ')}.`);
        continue;
      }
      const { delivery } = await telling.deliver(step, now());
      io.stdout.write(`${show(delivery)}\n`);
      if (io.stdout.behind) await io.stdout.behind;
    }
  }
  say('Nothing was sent.');
  return exitCodes.ok;
}
