import { previewUrls } from '../config/target.js';
import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { directRoute } from '../core/route.js';
import { commandLine } from '../export/commandLine.js';
import { logDeliveries } from '../history/logDeliveries.js';
import { readOptions } from '../options/readOptions.js';
import { resendOptions } from '../options/resend.js';
import { findProvider } from '../providers/findProvider.js';
import { EventMask } from '../report/shared/eventMask.js';
import { assertLocalTarget } from '../session/check/checkTarget.js';
import { curlRoute } from '../session/export/exportFiles.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { openResend, sendKept } from '../session/resend/openResend.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import { openFlowTarget } from '../session/target/openFlowTarget.js';
import { Transport } from '../transport/transport.js';
import { createArrivalReporter, showDelivery } from './deliveryStep.js';
import { choosePageSecret, pageName, pageOtherWay, readSecretChoice } from './destination.js';
import type { JobMeans } from './jobs.js';
import { readPayloadText } from './prepareSending.js';
import type { Preview, ResendRequestBody } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import { secretChoiceFlags, targetFlag } from './sendCommandLine.js';
import { curlOf, showPreview } from './sendRoutes.js';
import type { PageServices, RouteTable } from './services.js';

/** Routes for sending deliveries again. */
export const resendRoutes: RouteTable = {
  'POST /api/resend': ({ body }, services) => startResend(readRequest(body), services),
  'POST /api/resend/preview': ({ body }, services) => previewResend(readRequest(body), services),
};

/** Deliveries that one request sends again. */
const maxKeys = 1000;

function readRequest(body: Readonly<Record<string, unknown>>): ResendRequestBody {
  const request = readFields(body, { keys: 'texts', target: 'text', secret: 'object', payload: 'text' } as const);
  const keys = assertField(request.keys, 'keys');
  if (keys.length === 0 || keys.length > maxKeys) {
    throw new UsageError('BAD_KEYS', `keys names 1 to ${maxKeys} deliveries, and this has ${keys.length}.`);
  }
  return request as unknown as ResendRequestBody;
}

async function prepare(request: ResendRequestBody, services: PageServices, signal?: AbortSignal) {
  const { io, project: open, timeline } = services;
  const opened = await open();
  const entries = request.keys.map((key) => timeline.entry(key));
  const first = entries[0]!;
  const choice = readSecretChoice(request.secret);
  const { project, secret } =
    choice === undefined || !first.isRecognized
      ? { project: opened, secret: undefined }
      : choosePageSecret(opened, findProvider(first.provider, opened), choice);
  const world = silentWorld(io, signal && { signal });
  const given = readOptions(
    resendOptions,
    { to: request.target, secret, edit: request.payload === undefined ? undefined : true },
    pageName,
  );
  const { ready, options } = await openResend(
    {
      project,
      names: request.keys,
      edit: async ({ provider, edits }) => ({ edited: readPayloadText(request.payload!, provider), edits }),
    },
    given,
    world,
  );
  const { target, route } = ready;
  if (target.address !== null) {
    const urls = entries.map((entry) =>
      target.name === null && request.target === undefined ? entry.url : target.urlFor(entry),
    );
    assertOwnTarget(project, target, route, { urls, otherWay: pageOtherWay });
    if (entries.some(({ forge }) => forge !== null)) assertLocalTarget(target, route, { nameOf: pageName });
  }
  return { entries, ready, options, world };
}

async function startResend(request: ResendRequestBody, services: PageServices) {
  const { entries } = await prepare(request, services);
  const [first] = entries;
  const what = entries.length === 1 ? `${first!.provider} ${first!.event}` : `${entries.length} deliveries`;
  const sample = '';
  const job = services.jobs.start({
    kind: 'resend',
    title: `Resend ${what}`,
    provider: first!.provider,
    command:
      request.payload !== undefined || request.secret?.is === 'sample'
        ? null
        : commandLine(
            [
              'webhook-sim',
              'resend',
              ...request.keys,
              ...targetFlag(request.target),
              ...secretChoiceFlags(request, sample),
            ],
            services.io,
          ),
    work: (means) => runResend(request, services, means),
  });
  return { job };
}

async function previewResend(request: ResendRequestBody, services: PageServices): Promise<Preview> {
  const { ready, options, world } = await prepare({ ...request, keys: request.keys.slice(0, 1) }, services);
  const notes: string[] = [...ready.warnings];
  const urlFor = previewUrls(ready.target);
  const [planned] = await ready.deliveriesTo(urlFor, (line) => notes.push(world.secrets.inText(line)));
  const { delivery, entry } = planned!;
  const [provider, secrets] = [...ready.secrets].find(([{ name }]) => name === entry.provider)!;
  const route = ready.route === directRoute ? [] : curlRoute(options, ready.route, delivery.url);
  const own: Header[] = [];
  return {
    ...showPreview(delivery, { provider, secrets, own }, world.secrets),
    notes,
    seed: 0,
    now: world.clock.now(),
    command: null,
    curl: curlOf(delivery, route, world.secrets),
  };
}

async function runResend(request: ResendRequestBody, services: PageServices, means: JobMeans): Promise<void> {
  const { ready, options, world } = await prepare(request, services, means.signal);
  const mask = new EventMask(world.secrets);
  for (const line of ready.warnings) means.note(line);
  const target = await openFlowTarget(ready.target, ready.secrets, {
    talk: { arrived: createArrivalReporter(means, world) },
    clock: world.clock,
  });
  const log = logDeliveries({ project: ready.project, command: 'resend' }, options, world);
  try {
    const planned = await ready.deliveriesTo(target.urlFor, (line) => means.note(world.secrets.inText(line)));
    const transport = new Transport({ route: ready.route });
    for await (const { event, sent, key } of sendKept(planned, ready, { transport, log }, world)) {
      if (sent) {
        const [provider, secrets] = [...ready.secrets].find(([{ name }]) => name === sent.entry.provider)!;
        const context = { key, provider, secrets, nameOf: pageName };
        means.report({ ...showDelivery(mask.delivery(event), context, world.secrets), place: null });
      } else if (event.type === 'warning') {
        means.report({ type: 'warning', message: event.message });
      } else if (event.type === 'summary') {
        const { sent: count, accepted, ok, outcomes } = event;
        means.report({ type: 'summary', sent: count, accepted, ok, outcomes, verdict: [] });
      }
    }
  } finally {
    log.close();
    await target.close();
  }
}
