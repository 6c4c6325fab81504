import type { Project } from '../config/project.js';
import { withMode } from '../config/withMode.js';
import { commandLine } from '../export/commandLine.js';
import { prepareFlow } from '../flow/prepareFlow.js';
import type { ArrangedStep } from '../flow/scheduleSteps.js';
import { logDeliveries } from '../history/logDeliveries.js';
import { flowOptions } from '../options/flow.js';
import { readOptions } from '../options/readOptions.js';
import { allProviders } from '../providers/findProvider.js';
import { flowsOf } from '../providers/flows.js';
import { EventMask } from '../report/shared/eventMask.js';
import { type ChosenFlow, chooseFlows } from '../session/flow/chooseFlows.js';
import { flowSettings } from '../session/flow/flowSettings.js';
import { openFlows } from '../session/flow/openFlows.js';
import { prepareRun } from '../session/flow/prepareRun.js';
import { withRoute } from '../session/project/projectRoute.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import { openFlowTarget } from '../session/target/openFlowTarget.js';
import { Transport } from '../transport/transport.js';
import { createArrivalReporter, showDelivery } from './deliveryStep.js';
import {
  choosePageSecret,
  choosePageTarget,
  destinationFields,
  pageName,
  pageOtherWay,
  readSecretChoice,
} from './destination.js';
import { choosePageValues, formFlags, handshakeFields } from './handshakeChoice.js';
import type { JobMeans } from './jobs.js';
import type { FlowGroup, FlowList, FlowRequestBody, FlowRow } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import { flag, secretChoiceFlags, targetFlag } from './sendCommandLine.js';
import { sendFirstJobHandshakes } from './sendJobHandshakes.js';
import type { PageServices, RouteTable } from './services.js';

/** Routes for flows. */
export const flowRoutes: RouteTable = {
  'GET /api/flows': async ({ query }, { project }): Promise<FlowList> => {
    const provider = query.get('provider') || null;
    const opened = await project();
    return { flows: await listFlows(provider, opened), others: provider === null ? groupFlows(opened) : [] };
  },
  'POST /api/flow': ({ body }, services) => startFlow(body, services),
};

/** The flows of a provider; without one, those of the project's config. */
function listFlows(provider: string | null, project: Project): Promise<FlowRow[]> {
  const list = { list: true } as const;
  const chosen =
    provider === null
      ? Object.keys(project.config.flows ?? {}).flatMap((name) => chooseFlows(name, undefined, list, project).flows)
      : chooseFlows(provider, undefined, list, project).flows;
  return Promise.all(chosen.map((flow) => describeFlow(flow, provider)));
}

function groupFlows(project: Project): FlowGroup[] {
  const groups = allProviders(project).map((provider) => ({
    provider: provider.name,
    title: provider.title,
    flows: flowsOf(provider).map(({ name, title, steps }) => ({ name, title, steps: steps.length })),
  }));
  return groups.filter(({ flows }) => flows.length > 0);
}

const nothing = { headers: [], secretNames: [], timeLimitOf: () => null, urlFor: () => 'http://localhost/' };

async function describeFlow({ script }: ChosenFlow, provider: string | null): Promise<FlowRow> {
  const secretsOf = ({ secret }: { readonly secret: { readonly sample: string } }) => [
    { value: secret.sample, source: 'sample', isSample: true },
  ];
  const flow = await prepareFlow(script, { ...nothing, secretsOf });
  return {
    provider: provider ?? flow.steps[0]?.script.provider.name ?? '',
    name: flow.name,
    title: flow.title,
    isOwn: provider === null,
    steps: flow.steps.map(({ number, offsetMs, needs, script: step }) => ({
      step: number,
      provider: step.provider.name,
      event: step.event,
      eventTitle: step.provider.events[step.event]?.title ?? step.event,
      variant: step.variant,
      offsetMs,
      needsOrder: needs.length > 0,
    })),
  };
}

async function startFlow(body: Readonly<Record<string, unknown>>, services: PageServices) {
  const request = readFields(body, {
    ...destinationFields,
    provider: 'text',
    flow: 'text',
    arrangement: 'list',
    ...handshakeFields,
    speed: 'text',
    seed: 'number',
  } as const) as unknown as FlowRequestBody;
  assertField(request.flow, 'flow');
  const { script, ready, values } = await prepare(request, services);
  // Errors in its steps are reported at once.
  await ready.flowsTo(nothing.urlFor);
  const provider = script.steps[0]!.provider;
  const job = services.jobs.start({
    kind: 'flow',
    title: `Flow ${script.name}`,
    provider: provider.name,
    command: request.arrangement ? null : commandLine(wordsOf(request, provider.secret.sample, values), services.io),
    work: (means) => runFlow(request, services, means),
  });
  return { job };
}

function wordsOf(
  request: FlowRequestBody,
  sample: string,
  values: Readonly<Record<string, string>> | undefined,
): string[] {
  return [
    ...['webhook-sim', 'flow', ...(request.provider ? [request.provider] : []), request.flow],
    ...targetFlag(request.target),
    ...formFlags(request, values),
    ...flag('speed', request.speed),
    ...secretChoiceFlags(request, sample),
    ...flag('timeout', request.timeout),
  ];
}

async function prepare(request: FlowRequestBody, { io, project: open }: PageServices, signal?: AbortSignal) {
  const opened = withMode(await open(), request.mode, 'mode');
  const isOwn = Object.hasOwn(opened.config.flows ?? {}, request.flow) && !request.provider;
  const { flows } = isOwn
    ? chooseFlows(request.flow, undefined, {}, opened)
    : chooseFlows(assertField(request.provider, 'provider'), request.flow, {}, opened);
  const { script } = flows[0]!;
  const { project, secret } = choosePageSecret(opened, script.steps[0]!.provider, readSecretChoice(request.secret));
  const target = choosePageTarget(project, request.target);
  const { speed, seed, timeout } = request;
  const values = choosePageValues(
    script.steps.map(({ provider }) => provider),
    project,
    request,
  );
  const handshake = request.handshake || undefined;
  const given = readOptions(
    flowOptions,
    { to: request.target, secret, timeout, speed, seed, handshake, value: values },
    pageName,
  );
  const settings = flowSettings(given);
  const arrangement = request.arrangement as readonly ArrangedStep[] | undefined;
  const options = withRoute(given, project, target);
  const world = silentWorld(io, signal && { signal });
  const ready = await prepareRun(
    {
      scripts: [script],
      settings: arrangement ? { ...settings, faults: { ...settings.faults, arrangement } } : settings,
      project,
      target,
    },
    options,
    world,
  );
  if (target.address !== null) {
    const urls = script.steps.map(({ provider, event }) => target.urlFor({ provider: provider.name, event }));
    assertOwnTarget(project, target, ready.route, { urls, otherWay: pageOtherWay });
  }
  return { script, ready, values, options, world };
}

async function runFlow(request: FlowRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, options, world } = await prepare(request, services, means.signal);
  const mask = new EventMask(world.secrets);
  for (const line of ready.warnings) means.note(line);
  const target = await openFlowTarget(ready.target, ready.secrets, {
    talk: { arrived: createArrivalReporter(means, world) },
    clock: world.clock,
  });
  const transport = new Transport({ route: ready.route });
  const log = logDeliveries({ project: ready.project, command: 'flow' }, options, world);
  try {
    const way = { urlFor: target.urlFor, transport, project: ready.project, target: ready.target, route: ready.route };
    await sendFirstJobHandshakes(ready.handshakes, way, means, world);
    const { flows, play } = await openFlows(ready, options, { target, transport }, world);
    const flow = flows[0]!;
    for await (const event of play(flow)) {
      if (event.type === 'delivery') {
        const { provider } = flow.steps[event.place.step - 1]!.script;
        const key = log.add(event, ready);
        const { step: flowStep, copy, offsetMs } = event.place;
        const context = { key, provider, secrets: ready.secrets.get(provider)!, nameOf: pageName };
        means.report({
          ...showDelivery(mask.delivery(event), context, world.secrets),
          place: { flowStep, copy, offsetMs },
        });
      } else if (event.type === 'stopped') {
        means.report({ type: 'stopped', flowStep: event.step, message: world.secrets.inText(event.message) });
      } else if (event.type === 'warning') {
        means.report({ type: 'warning', message: event.message });
      } else if (event.type === 'summary') {
        const { sent, accepted, ok, outcomes } = event;
        means.report({ type: 'summary', sent, accepted, ok, outcomes, verdict: [] });
      }
    }
  } finally {
    log.close();
    transport.close();
    await target.close();
  }
}
