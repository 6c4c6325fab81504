import { logDeliveries } from '../history/logDeliveries.js';
import { handshakeOptions } from '../options/handshake.js';
import { readOptions } from '../options/readOptions.js';
import { findProvider } from '../providers/findProvider.js';
import { EventMask } from '../report/shared/eventMask.js';
import { prepareHandshakeRun } from '../session/handshake/prepareHandshakeRun.js';
import { sendHandshakeRuns } from '../session/handshake/sendHandshakeRuns.js';
import { withRoute } from '../session/project/projectRoute.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import { openTarget } from '../session/target/target.js';
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
import type { JobMeans } from './jobs.js';
import type { HandshakeRequestBody } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import { flag, secretChoiceFlags, shellWord, targetFlag } from './sendCommandLine.js';
import type { PageServices, RouteTable } from './services.js';

/** What comes before the first event. */
export const handshakeRoutes: RouteTable = {
  'POST /api/handshake': ({ body }, services) => startHandshakes(body, services),
};

async function startHandshakes(body: Readonly<Record<string, unknown>>, services: PageServices) {
  const asked = readFields(body, {
    ...destinationFields,
    provider: 'text',
  } as const) as unknown as HandshakeRequestBody;
  assertField(asked.provider, 'provider');
  // What is wrong is answered at once.
  const { ready } = await prepare(asked, services);
  const { name, title, secret } = ready.provider;
  const job = services.jobs.start({
    kind: 'handshake',
    title: `Handshakes of ${title}`,
    provider: name,
    command: [
      ...['webhook-sim handshake', shellWord(name), ...targetFlag(asked.target)],
      ...secretChoiceFlags(asked, secret.sample),
      ...flag('timeout', asked.timeout),
    ].join(' '),
    work: (means) => runHandshakes(asked, services, means),
  });
  return { job };
}

async function prepare(asked: HandshakeRequestBody, { io, project: open }: PageServices, signal?: AbortSignal) {
  const opened = await open();
  const provider = findProvider(asked.provider, opened);
  const { project, secret } = choosePageSecret(opened, provider, readSecretChoice(asked.secret));
  const target = choosePageTarget(project, asked.target);
  const given = readOptions(handshakeOptions, { to: asked.target, secret, timeout: asked.timeout }, pageName);
  const world = silentWorld(io, signal && { signal });
  const options = withRoute(given, project, target);
  const ready = await prepareHandshakeRun({ provider, names: [], project, target }, options, world);
  if (target.address !== null) {
    const urls = ready.handshakes.map((each) => target.urlFor({ provider: provider.name, event: each.name }));
    assertOwnTarget(project, target, ready.route, { urls, otherWay: pageOtherWay });
  }
  return { ready, world };
}

async function runHandshakes(asked: HandshakeRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, world } = await prepare(asked, services, means.signal);
  const { provider, secrets } = ready;
  const mask = new EventMask(world.secrets);
  for (const line of ready.warnings) means.note(line);
  const talk = { arrived: tellArrival(means, world) };
  const open = await openTarget(ready.target, provider, secrets, { talk, clock: world.clock });
  const transport = new Transport({ route: ready.route });
  const log = logDeliveries({ project: ready.project, command: 'handshake' }, { nameOf: pageName, quiet: true }, world);
  try {
    for await (const { event } of sendHandshakeRuns([ready], { urlFor: open.urlFor, transport }, world)) {
      if (event.type === 'handshake') {
        const key = log.add(event.ended, ready, { purpose: 'handshake' });
        const context = { key, provider, secrets, nameOf: pageName };
        const shown = showDelivery(mask.delivery(event.ended), context, world.secrets);
        const { handshake, awaited, problem } = event;
        means.tell({ ...shown, place: null, handshake: { title: handshake.title, awaited, problem } });
      } else if (event.type === 'warning') {
        means.tell({ type: 'warning', message: event.message });
      } else {
        const { sent, accepted, ok, outcomes } = event;
        means.tell({ type: 'summary', sent, accepted, ok, outcomes, verdict: [] });
      }
    }
    for (const line of world.notes) means.note(line);
  } finally {
    log.close();
    transport.close();
    await open.close();
  }
}
