import { chooseTarget, previewUrls } from '../../../config/target.js';
import { printable } from '../../../core/printable.js';
import { instantiateFlow } from '../../../flow/instantiateFlow.js';
import { prepareFlow } from '../../../flow/prepareFlow.js';
import { scheduleSteps } from '../../../flow/scheduleSteps.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { type FlowValues, flowOptions } from '../../../options/flow.js';
import { readOptions } from '../../../options/readOptions.js';
import { flowList, flowText, type ListedFlow } from '../../../report/flow/flowText.js';
import { requestText } from '../../../report/run/details.js';
import { dryRunLine } from '../../../report/shared/jsonLines.js';
import { type ChosenFlow, chooseFlows } from '../../../session/flow/chooseFlows.js';
import { flowRandom, flowSettings } from '../../../session/flow/flowSettings.js';
import { FlowVerdict, openFlows } from '../../../session/flow/openFlows.js';
import { prepareRun, type ReadyRun } from '../../../session/flow/prepareRun.js';
import { prepareInOrder } from '../../../session/handshake/prepareInOrder.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { openFlowTarget } from '../../../session/target/openFlowTarget.js';
import { Transport } from '../../../transport/transport.js';
import { wantsColour } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { waitForDrain } from '../../io/output.js';
import { showWaiting } from '../../io/showWaiting.js';
import type { Waiting } from '../../io/waitNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { nextCommand } from '../../reporting/nextCommand.js';
import { openReport } from '../../reporting/openReport.js';
import { withReport } from '../../reporting/withReport.js';
import { sendFirstHandshakes, serveRunKeys } from '../../target/startup.js';
import { createStatusMessages, logRoute } from '../../target/statusMessages.js';

/** `--dry-run`: shows the deliveries in place of sending them. Leaves out those that wait for an answer, with a remark. */
async function previewFlows(
  { target, settings, handshakes, flowsTo }: ReadyRun,
  options: FlowValues,
  io: Io,
): Promise<number> {
  const { ids, order, now } = flowRandom(settings, io);
  const show = options.json ? dryRunLine : requestText;
  const say = (line: string) => {
    if (!options.quiet) io.stderr.write(`${line}\n`);
  };
  const urlFor = previewUrls(target);
  const flows = await flowsTo(urlFor);
  const first = handshakes.flatMap((run) => run.handshakes);
  for await (const { delivery } of prepareInOrder(first, urlFor)) {
    io.stdout.write(`${show(delivery)}\n`);
  }
  for (const flow of flows) {
    const instance = instantiateFlow(flow, { random: ids, startMs: now() - flow.totalMs });
    for (const { step } of scheduleSteps(flow, settings.faults, order)) {
      if (io.stdout.broken) return exitCodes.ok;
      if (step.needs.length > 0) {
        say(`${step.script.place}: not shown, as it waits for an answer with ${step.needs.join(', ')}.`);
        continue;
      }
      const { delivery } = await instance.deliver(step, now());
      io.stdout.write(`${show(delivery)}\n`);
      if (io.stdout.behind) await io.stdout.behind;
    }
  }
  say('Nothing was sent.');
  return exitCodes.ok;
}

/** Runs `flow`; resolves with the exit code. */
export async function runFlow(
  first: string | undefined,
  name: string | undefined,
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const given = readOptions(flowOptions, flags, flagName);
  const settings = flowSettings(given);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const { flows, isList, broken = [] } = chooseFlows(first, name, given, project);
  if (isList) {
    for (const { message } of broken) io.stderr.write(`${printable(message)}\n`);
    await listFlows(flows, { ...given, steps: name !== undefined || given.list === true }, io);
    return exitCodes.ok;
  }
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const ready = await prepareRun(
    { scripts: flows.map(({ script }) => script), settings, project, target },
    options,
    io,
  );
  if (!options.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return options.dryRun ? previewFlows(ready, options, io) : reportFlows(ready, options, io);
}

/** Prints the list of flows. */
async function listFlows(
  flows: readonly ChosenFlow[],
  { json = false, steps }: { json?: boolean; steps: boolean },
  io: Io,
): Promise<void> {
  if (!json) {
    // Their times are in the samples: those of all providers are not read for names alone.
    const listed = steps ? await Promise.all(flows.map(described)) : flows.map(named);
    io.stdout.write(flowList(listed, { colour: wantsColour(io.env, io.stdout), steps }));
    return;
  }
  const listed = await Promise.all(flows.map(described));
  io.stdout.write(`${JSON.stringify(flowListDocument(listed), null, 2)}\n`);
}

/** Builds the document of `flow --list --json`. */
export function flowListDocument(listed: readonly (ListedFlow & { readonly providers: readonly string[] })[]) {
  return { schemaVersion: 1, type: 'flow-list', flows: listed.map(({ from, ...flow }) => flow) } as const;
}

function named({ script: { name, title }, from }: ChosenFlow): ListedFlow {
  return { name, title, from, steps: [] };
}

async function described({ script, from }: ChosenFlow): Promise<ListedFlow & { providers: string[] }> {
  const flow = await prepareFlow(script, {
    urlFor: () => 'http://localhost/',
    secretsOf: ({ secret }) => [{ value: secret.sample, source: 'sample', isSample: true }],
    headers: [],
    secretNames: [],
    timeLimitOf: () => null,
  });
  const steps = flow.steps.map(({ offsetMs, script: { provider, event, variant } }) => ({
    provider: provider.name,
    event,
    variant,
    offsetMs,
  }));
  const { name, title } = script;
  return { name, title, from, providers: [...new Set(steps.map(({ provider }) => provider))], steps };
}

/** Sends flows and reports them; resolves with the exit code. */
async function reportFlows(ready: ReadyRun, options: FlowValues, io: Io): Promise<number> {
  const { secrets, route, handshakes } = ready;
  const quiet = options.quiet === true;
  const talk = createStatusMessages(io, quiet);
  const keys = await serveRunKeys(options.serveKeys, secrets, talk);
  const target = await openFlowTarget(ready.target, secrets, { talk, clock: io.clock });
  const transport = new Transport({ route });
  let waiting: Waiting | undefined;
  try {
    const { flows, play } = await openFlows(ready, options, { target, transport }, io);
    io.disableWasmTierUp();
    logRoute(route, target.url, io, quiet);
    for (const [provider, own] of secrets) talk.start(provider, target, own);
    const ended = await sendFirstHandshakes(
      { runs: handshakes, open: target, route, talk, project: ready.project, target: ready.target },
      options,
      io,
    );
    if (ended !== null) return ended;
    const report = openReport(options, io, flowText);
    const log = logDeliveries({ project: ready.project, command: 'flow' }, options, io);
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
          talk.ended(shown, provider, secrets.get(provider)!, nextCommand(rejected, { key, isOnly: false }, io));
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
