import { prepareCase } from '../check/cases/prepareCase.js';
import { runChecks } from '../check/runChecks.js';
import { withMode } from '../config/withMode.js';
import { commandLine } from '../export/commandLine.js';
import { logDeliveries } from '../history/logDeliveries.js';
import { checkOptions } from '../options/check.js';
import { readOptions } from '../options/readOptions.js';
import { findProvider } from '../providers/findProvider.js';
import { EventMask } from '../report/shared/eventMask.js';
import { logCheck } from '../session/check/logCheck.js';
import { openCheck } from '../session/check/openCheck.js';
import { prepareCheck } from '../session/check/prepareCheck.js';
import { selectEvent } from '../session/project/events.js';
import { withRoute } from '../session/project/projectRoute.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import { openTarget } from '../session/target/target.js';
import { Transport } from '../transport/transport.js';
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
import type { CaseList, CheckRequestBody } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import { flag, secretChoiceFlags, switchFlag, targetFlag } from './sendCommandLine.js';
import { sendFirstJobHandshakes } from './sendJobHandshakes.js';
import type { PageServices, RouteTable } from './services.js';

/** The checks of a receiver. */
export const checkRoutes: RouteTable = {
  'GET /api/cases': ({ query }, services) =>
    listCases(query.get('provider') ?? '', query.get('event') ?? undefined, services),
  'POST /api/check': ({ body }, services) => startCheck(body, services),
};

async function listCases(provider: string, event: string | undefined, services: PageServices): Promise<CaseList> {
  const { ready } = await prepare({ provider, ...(event && { event }) }, services, { list: true });
  const source = { ...ready.source, urlFor: () => 'http://localhost/' };
  const prepared = await Promise.all(ready.cases.map((each) => prepareCase(each, source)));
  return {
    cases: prepared.map(({ case: { name, class: group, forge = null, sent }, leftOut }) => ({
      name,
      class: group,
      forge,
      sent,
      leftOut,
    })),
  };
}

async function startCheck(body: Readonly<Record<string, unknown>>, services: PageServices) {
  const request = readFields(body, {
    ...destinationFields,
    provider: 'text',
    event: 'text',
    only: 'texts',
    skip: 'texts',
    allEvents: 'truth',
    expect: 'text',
    ...handshakeFields,
  } as const) as unknown as CheckRequestBody;
  assertField(request.provider, 'provider');
  const { ready, values } = await prepare(request, services);
  const { provider, event } = ready.source;
  const job = services.jobs.start({
    kind: 'check',
    title: `Check ${provider.name} ${event}`,
    provider: provider.name,
    command: commandLine(wordsOf(request, provider.secret.sample, values), services.io),
    work: (means) => runCheck(request, services, means),
  });
  return { job };
}

function wordsOf(
  request: CheckRequestBody,
  sample: string,
  values: Readonly<Record<string, string>> | undefined,
): string[] {
  const { provider, event, only = [], skip = [] } = request;
  return [
    ...['webhook-sim', 'check', provider, ...(event === undefined ? [] : [event])],
    ...targetFlag(request.target),
    ...formFlags(request, values),
    ...only.flatMap((name) => flag('only', name)),
    ...skip.flatMap((name) => flag('skip', name)),
    ...switchFlag('all-events', request.allEvents),
    ...flag('expect', request.expect),
    ...secretChoiceFlags(request, sample),
    ...flag('timeout', request.timeout),
  ];
}

async function prepare(
  request: CheckRequestBody,
  { io, project: open }: PageServices,
  { signal, list }: { readonly signal?: AbortSignal; readonly list?: true } = {},
) {
  const opened = withMode(await open(), request.mode, 'mode');
  const provider = findProvider(request.provider, opened);
  const event = request.event === undefined ? provider.defaultEvent : selectEvent(provider, request.event);
  const { project, secret } = choosePageSecret(opened, provider, readSecretChoice(request.secret));
  const target = choosePageTarget(project, list ? 'demo' : request.target);
  const values = choosePageValues([provider], project, request);
  const given = readOptions(
    checkOptions,
    {
      to: request.target,
      secret,
      timeout: request.timeout,
      only: request.only?.length ? request.only : undefined,
      skip: request.skip?.length ? request.skip : undefined,
      allEvents: request.allEvents || undefined,
      expect: request.expect,
      handshake: request.handshake || undefined,
      value: values,
      list,
    },
    pageName,
  );
  const world = silentWorld(io, signal && { signal });
  const ready = await prepareCheck({ provider, event, project, target }, withRoute(given, project, target), world);
  if (target.address !== null) {
    assertOwnTarget(project, target, ready.route, {
      urls: [target.urlFor({ provider: provider.name, event })],
      otherWay: pageOtherWay,
    });
  }
  return { ready, values, world };
}

async function runCheck(request: CheckRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, world } = await prepare(request, services, { signal: means.signal });
  const { provider, secrets } = ready.source;
  const mask = new EventMask(world.secrets);
  for (const line of ready.warnings) means.note(line);
  const open = await openTarget(ready.target, provider, secrets, { talk: { arrived: () => {} }, clock: world.clock });
  const transport = new Transport({ route: ready.route });
  const log = logDeliveries({ project: ready.project, command: 'check' }, { nameOf: pageName, quiet: true }, world);
  try {
    const { handshakes, timeLimitMs, project, target, route } = ready;
    const way = { urlFor: open.urlFor, transport, project, target, route };
    await sendFirstJobHandshakes([{ provider, handshakes, secrets, timeLimitMs }], way, means, world);
    const check = { ...(await openCheck(ready, { open, transport }, world)), concludes: true };
    means.report({ type: 'check-start', cases: check.cases.length, url: open.shown });
    for await (const told of runChecks(check)) {
      logCheck(log, told, ready, world);
      const event = mask.event(told) as typeof told;
      if (event.type === 'warning') means.report({ type: 'warning', message: event.message });
      else if (event.type === 'case') {
        const { deliveries: _, ...facts } = event;
        means.report(facts);
      } else {
        const { grade, gradeReason, findings, remarks, counts, leftOut, incomplete, reached, interrupted } = event;
        means.report({
          type: 'check-summary',
          ...{ grade, gradeReason, findings, remarks, counts, leftOut, incomplete, reached, interrupted },
        });
      }
    }
  } finally {
    log.close();
    transport.close();
    await open.close();
  }
}
