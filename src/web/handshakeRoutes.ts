import { withMode } from '../config/withMode.js';
import { commandLine } from '../export/commandLine.js';
import { handshakeOptions } from '../options/handshake.js';
import { readOptions } from '../options/readOptions.js';
import { findProvider } from '../providers/findProvider.js';
import { prepareHandshakeRun } from '../session/handshake/prepareHandshakeRun.js';
import { withRoute } from '../session/project/projectRoute.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import { openTarget } from '../session/target/target.js';
import { Transport } from '../transport/transport.js';
import { tellArrival } from './deliveryStep.js';
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
import type { HandshakeRequestBody } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import { flag, secretChoiceFlags, targetFlag } from './sendCommandLine.js';
import type { PageServices, RouteTable } from './services.js';
import { tellHandshakes } from './tellHandshakes.js';

/** What comes before the first event. */
export const handshakeRoutes: RouteTable = {
  'POST /api/handshake': ({ body }, services) => startHandshakes(body, services),
};

async function startHandshakes(body: Readonly<Record<string, unknown>>, services: PageServices) {
  const asked = readFields(body, {
    ...destinationFields,
    provider: 'text',
    values: handshakeFields.values,
  } as const) as unknown as HandshakeRequestBody;
  assertField(asked.provider, 'provider');
  // What is wrong is answered at once.
  const { ready, values } = await prepare(asked, services);
  const { name, title, secret } = ready.provider;
  const job = services.jobs.start({
    kind: 'handshake',
    title: `Handshakes of ${title}`,
    provider: name,
    command: commandLine(
      [
        ...['webhook-sim', 'handshake', name, ...targetFlag(asked.target)],
        ...formFlags(asked, values),
        ...secretChoiceFlags(asked, secret.sample),
        ...flag('timeout', asked.timeout),
      ],
      services.io,
    ),
    work: (means) => runHandshakes(asked, services, means),
  });
  return { job };
}

async function prepare(asked: HandshakeRequestBody, { io, project: open }: PageServices, signal?: AbortSignal) {
  const opened = withMode(await open(), asked.mode, 'mode');
  const provider = findProvider(asked.provider, opened);
  const { project, secret } = choosePageSecret(opened, provider, readSecretChoice(asked.secret));
  const target = choosePageTarget(project, asked.target);
  const values = choosePageValues([provider], project, asked);
  const given = readOptions(
    handshakeOptions,
    { to: asked.target, secret, timeout: asked.timeout, value: values },
    pageName,
  );
  const world = silentWorld(io, signal && { signal });
  const options = withRoute(given, project, target);
  const ready = await prepareHandshakeRun({ provider, names: [], project, target }, options, world);
  if (target.address !== null) {
    const urls = ready.handshakes.map((each) => target.urlFor({ provider: provider.name, event: each.name }));
    assertOwnTarget(project, target, ready.route, { urls, otherWay: pageOtherWay });
  }
  return { ready, values, world };
}

async function runHandshakes(asked: HandshakeRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, world } = await prepare(asked, services, means.signal);
  const { provider, secrets } = ready;
  for (const line of ready.warnings) means.note(line);
  const talk = { arrived: tellArrival(means, world) };
  const open = await openTarget(ready.target, provider, secrets, { talk, clock: world.clock });
  const transport = new Transport({ route: ready.route });
  try {
    const way = { urlFor: open.urlFor, transport, project: ready.project, target: ready.target, route: ready.route };
    const { sent, accepted, ok, outcomes } = await tellHandshakes([ready], way, means, world);
    means.tell({ type: 'summary', sent, accepted, ok, outcomes, verdict: [] });
    for (const line of world.notes) means.note(line);
  } finally {
    transport.close();
    await open.close();
  }
}
