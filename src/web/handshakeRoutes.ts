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
import { createArrivalReporter } from './deliveryStep.js';
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
import { sendJobHandshakes } from './sendJobHandshakes.js';
import type { PageServices, RouteTable } from './services.js';

/** Routes for handshakes. */
export const handshakeRoutes: RouteTable = {
  'POST /api/handshake': ({ body }, services) => startHandshakes(body, services),
};

async function startHandshakes(body: Readonly<Record<string, unknown>>, services: PageServices) {
  const request = readFields(body, {
    ...destinationFields,
    provider: 'text',
    values: handshakeFields.values,
  } as const) as unknown as HandshakeRequestBody;
  assertField(request.provider, 'provider');
  // Errors are reported at once.
  const { ready, values } = await prepare(request, services);
  const { name, title, secret } = ready.provider;
  const job = services.jobs.start({
    kind: 'handshake',
    title: `Handshakes of ${title}`,
    provider: name,
    command: commandLine(
      [
        ...['webhook-sim', 'handshake', name, ...targetFlag(request.target)],
        ...formFlags(request, values),
        ...secretChoiceFlags(request, secret.sample),
        ...flag('timeout', request.timeout),
      ],
      services.io,
    ),
    work: (means) => runHandshakes(request, services, means),
  });
  return { job };
}

async function prepare(request: HandshakeRequestBody, { io, project: open }: PageServices, signal?: AbortSignal) {
  const opened = withMode(await open(), request.mode, 'mode');
  const provider = findProvider(request.provider, opened);
  const { project, secret } = choosePageSecret(opened, provider, readSecretChoice(request.secret));
  const target = choosePageTarget(project, request.target);
  const values = choosePageValues([provider], project, request);
  const given = readOptions(
    handshakeOptions,
    { to: request.target, secret, timeout: request.timeout, value: values },
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

async function runHandshakes(request: HandshakeRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, world } = await prepare(request, services, means.signal);
  const { provider, secrets } = ready;
  for (const line of ready.warnings) means.note(line);
  const talk = { arrived: createArrivalReporter(means, world) };
  const open = await openTarget(ready.target, provider, secrets, { talk, clock: world.clock });
  const transport = new Transport({ route: ready.route });
  try {
    const way = { urlFor: open.urlFor, transport, project: ready.project, target: ready.target, route: ready.route };
    const { sent, accepted, ok, outcomes } = await sendJobHandshakes([ready], way, means, world);
    means.report({ type: 'summary', sent, accepted, ok, outcomes, verdict: [] });
    for (const line of world.notes) means.note(line);
  } finally {
    transport.close();
    await open.close();
  }
}
