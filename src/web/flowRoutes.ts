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
import { showDelivery, tellArrival } from './deliveryStep.js';
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
import type { PageServices, RouteTable } from './services.js';
import { tellFirstHandshakes } from './tellHandshakes.js';

/** What happens in order. */
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
  const asked = readFields(body, {
    ...destinationFields,
    provider: 'text',
    flow: 'text',
    arrangement: 'list',
    ...handshakeFields,
    speed: 'text',
    seed: 'number',
  } as const) as unknown as FlowRequestBody;
  assertField(asked.flow, 'flow');
  const { script, ready, values } = await prepare(asked, services);
  // What is wrong with its steps is answered at once.
  await ready.flowsTo(nothing.urlFor);
  const provider = script.steps[0]!.provider;
  const job = services.jobs.start({
    kind: 'flow',
    title: `Flow ${script.name}`,
    provider: provider.name,
    command: asked.arrangement ? null : commandLine(wordsOf(asked, provider.secret.sample, values), services.io),
    work: (means) => runFlow(asked, services, means),
  });
  return { job };
}

function wordsOf(
  asked: FlowRequestBody,
  sample: string,
  values: Readonly<Record<string, string>> | undefined,
): string[] {
  return [
    ...['webhook-sim', 'flow', ...(asked.provider ? [asked.provider] : []), asked.flow],
    ...targetFlag(asked.target),
    ...formFlags(asked, values),
    ...flag('speed', asked.speed),
    ...secretChoiceFlags(asked, sample),
    ...flag('timeout', asked.timeout),
  ];
}

async function prepare(asked: FlowRequestBody, { io, project: open }: PageServices, signal?: AbortSignal) {
  const opened = withMode(await open(), asked.mode, 'mode');
  const isOwn = Object.hasOwn(opened.config.flows ?? {}, asked.flow) && !asked.provider;
  const { flows } = isOwn
    ? chooseFlows(asked.flow, undefined, {}, opened)
    : chooseFlows(assertField(asked.provider, 'provider'), asked.flow, {}, opened);
  const { script } = flows[0]!;
  const { project, secret } = choosePageSecret(opened, script.steps[0]!.provider, readSecretChoice(asked.secret));
  const target = choosePageTarget(project, asked.target);
  const { speed, seed, timeout } = asked;
  const values = choosePageValues(
    script.steps.map(({ provider }) => provider),
    project,
    asked,
  );
  const handshake = asked.handshake || undefined;
  const given = readOptions(
    flowOptions,
    { to: asked.target, secret, timeout, speed, seed, handshake, value: values },
    pageName,
  );
  const settings = flowSettings(given);
  const arrangement = asked.arrangement as readonly ArrangedStep[] | undefined;
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

async function runFlow(asked: FlowRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, options, world } = await prepare(asked, services, means.signal);
  const mask = new EventMask(world.secrets);
  for (const line of ready.warnings) means.note(line);
  const target = await openFlowTarget(ready.target, ready.secrets, {
    talk: { arrived: tellArrival(means, world) },
    clock: world.clock,
  });
  const transport = new Transport({ route: ready.route });
  const log = logDeliveries({ project: ready.project, command: 'flow' }, options, world);
  try {
    const way = { urlFor: target.urlFor, transport, project: ready.project, target: ready.target, route: ready.route };
    await tellFirstHandshakes(ready.handshakes, way, means, world);
    const { flows, play } = await openFlows(ready, options, { target, transport }, world);
    const flow = flows[0]!;
    for await (const event of play(flow)) {
      if (event.type === 'delivery') {
        const { provider } = flow.steps[event.place.step - 1]!.script;
        const key = log.add(event, ready);
        const { step: flowStep, copy, offsetMs } = event.place;
        const context = { key, provider, secrets: ready.secrets.get(provider)!, nameOf: pageName };
        means.tell({
          ...showDelivery(mask.delivery(event), context, world.secrets),
          place: { flowStep, copy, offsetMs },
        });
      } else if (event.type === 'stopped') {
        means.tell({ type: 'stopped', flowStep: event.step, message: world.secrets.inText(event.message) });
      } else if (event.type === 'warning') {
        means.tell({ type: 'warning', message: event.message });
      } else if (event.type === 'summary') {
        const { sent, accepted, ok, outcomes } = event;
        means.tell({ type: 'summary', sent, accepted, ok, outcomes, verdict: [] });
      }
    }
  } finally {
    log.close();
    transport.close();
    await target.close();
  }
}
