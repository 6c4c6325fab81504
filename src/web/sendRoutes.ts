import { previewUrls } from '../config/target.js';
import type { Delivery } from '../core/delivery.js';
import { fingerprint } from '../core/fingerprint.js';
import type { Provider } from '../core/provider.js';
import { directRoute } from '../core/route.js';
import type { DeliveryEnded } from '../core/run.js';
import { headerName, headerSources } from '../core/scheme.js';
import type { Secret } from '../core/secret.js';
import type { SecretMask } from '../core/secretMask.js';
import { maskAddress } from '../core/secretParameters.js';
import { toCurl } from '../export/curl.js';
import { logDeliveries } from '../history/logDeliveries.js';
import { disabledLines } from '../report/run/disabledLines.js';
import { RetryVerdict } from '../report/run/verdict.js';
import { EventMask } from '../report/shared/eventMask.js';
import { maskDelivery } from '../report/shared/maskSent.js';
import { curlRoute } from '../session/export/exportFiles.js';
import { sendPrepared } from '../session/send/sendPrepared.js';
import { openTarget } from '../session/target/target.js';
import { createArrivalReporter, showDelivery } from './deliveryStep.js';
import { pageName } from './destination.js';
import type { JobMeans } from './jobs.js';
import { prepareSending, type ReadySending, readSendRequest } from './prepareSending.js';
import type { JobDelivery, Preview, ShownHeader } from './protocol.js';
import { sendCommandLine } from './sendCommandLine.js';
import type { PageServices, RouteTable } from './services.js';
import { mediaTypeOf, showAttempt, showBody, showHeaders } from './shownParts.js';
import { signatureSteps } from './signatureSteps.js';

/** Routes for sending and previewing deliveries. */
export const sendRoutes: RouteTable = {
  'POST /api/preview': ({ body }, services) => previewSend(body, services),
  'POST /api/send': ({ body }, services) => startSend(body, services),
};

async function previewSend(body: Readonly<Record<string, unknown>>, services: PageServices): Promise<Preview> {
  const { io } = services;
  const request = readSendRequest(body);
  const seed = request.seed ?? Buffer.from(io.entropy(4)).readUInt32BE();
  const now = request.now ?? io.clock.now();
  const ready = await prepareSending({ ...request, seed, now }, services, { isPreview: true });
  const { prepared, provider, options } = ready;
  const urlFor = previewUrls(prepared.target);
  const { deliveries, notes } = await prepared.deliveriesTo(urlFor);
  for await (const { delivery } of deliveries) {
    const route = prepared.route === directRoute ? [] : curlRoute(options, prepared.route, delivery.url);
    return {
      ...showPreview(delivery, { provider, secrets: prepared.secrets, own: prepared.headers }, io.secrets),
      notes: [...prepared.warnings, ...notes],
      seed,
      now,
      command: await sendCommandLine(ready, services.io),
      curl: curlOf(delivery, route, io.secrets),
    };
  }
  throw new Error('nothing was prepared');
}

interface PreviewSource {
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  /** Headers of the user's own. */
  readonly own: Delivery['headers'];
}

/** A delivery as it would go, with how its signatures come about. */
export function showPreview(
  delivery: Delivery,
  { provider, secrets, own }: PreviewSource,
  mask: SecretMask,
): Omit<Preview, 'notes' | 'seed' | 'now' | 'command' | 'curl'> {
  const shown = maskDelivery(delivery, mask);
  const { url, method, event, headers, secretHeaders, body } = shown;
  return {
    provider: provider.name,
    event,
    method,
    url,
    headers: showHeaders(headers, secretHeaders, originOf(provider, own)),
    body: showBody(body, { mediaType: mediaTypeOf(headers), isMasked: body !== delivery.body }, mask),
    signatures: delivery.forge === null ? signatureSteps(provider, delivery) : [],
    secrets: secrets.map((secret) => ({
      words: secret.isSample ? 'the sample secret' : `the secret of ${secret.source}`,
      fingerprint: fingerprint(secret.value),
      isSample: secret.isSample,
    })),
  };
}

/** A curl command for a delivery; why there is none where it can't be written without a secret. */
export function curlOf(delivery: Delivery, route: readonly string[], mask: SecretMask): string {
  return toCurl(maskedHeaders(delivery, mask), route, mask);
}

function maskedHeaders(delivery: Delivery, mask: SecretMask): Delivery {
  return { ...delivery, secretHeaders: maskDelivery(delivery, mask).secretHeaders };
}

function originOf(provider: Provider, own: Delivery['headers']): (name: string) => ShownHeader['from'] {
  const mine = new Set(own.map(([name]) => name.toLowerCase()));
  const proofs = ['secret', ...Object.keys(provider.signatures)];
  const signed = new Set(
    provider.headers
      .filter((header) => proofs.some((name) => headerSources(header).join('').includes(`{${name}}`)))
      .map(([name]) => headerName(name).toLowerCase()),
  );
  return (name) => {
    const lower = name.toLowerCase();
    return mine.has(lower) ? 'own' : signed.has(lower) ? 'signature' : 'provider';
  };
}

async function startSend(body: Readonly<Record<string, unknown>>, services: PageServices) {
  const request = readSendRequest(body);
  // Errors are reported at once.
  const ready = await prepareSending(request, services);
  const { provider, event, target } = ready;
  const where = target.name ?? target.address ?? '';
  const job = services.jobs.start({
    kind: 'send',
    title: `${provider.name} ${event} to ${maskAddress(where)}`,
    provider: provider.name,
    command: await sendCommandLine(ready, services.io),
    work: (means) => runSend(request, services, means),
  });
  return { job };
}

async function runSend(request: ReadySending['request'], services: PageServices, means: JobMeans): Promise<void> {
  const { prepared, provider, options, world } = await prepareSending(request, services, { signal: means.signal });
  const { secrets, retry } = prepared;
  const mask = new EventMask(world.secrets);
  const target = await openTarget(prepared.target, provider, secrets, {
    talk: { arrived: createArrivalReporter(means, world) },
    clock: world.clock,
  });
  try {
    const planned = await prepared.deliveriesTo(target.urlFor);
    for (const line of [...prepared.warnings, ...planned.notes]) means.note(line);
    const verdict = retry && new RetryVerdict(provider, retry);
    if (verdict) means.note(verdict.outlook(retry!.plan.speed));
    const log = logDeliveries({ project: prepared.project, command: 'send' }, options, world);
    for await (const { event, key } of sendPrepared(prepared, planned, log, world)) {
      if (event.type === 'delivery') {
        verdict?.add(event);
        const shown = mask.delivery(event);
        means.report({
          ...showDelivery(shown, { key, provider, secrets, nameOf: pageName }, world.secrets),
          place: null,
        });
      } else if (event.type === 'attempt') {
        const shown = mask.event(event) as typeof event;
        const waitMs = event.nextAtMs === null ? null : event.nextAtMs - event.attempt.scheduledAtMs;
        means.report({
          type: 'attempt',
          delivery: jobDelivery(shown, null),
          attempt: showAttempt(shown.attempt, world.secrets),
          outcome: event.outcome,
          most: event.most,
          nextAtMs: event.nextAtMs,
          nextInMs: waitMs === null || !retry ? null : waitMs / retry.plan.speed,
        });
      } else if (event.type === 'warning') {
        means.report({ type: 'warning', message: event.message });
      } else {
        const { sent, accepted, ok, outcomes } = event;
        const lines = [...(verdict?.lines() ?? []), ...disabledLines(event, provider)];
        means.report({ type: 'summary', sent, accepted, ok, outcomes, verdict: lines });
      }
    }
    log.close();
    for (const line of world.notes) means.note(line);
  } finally {
    await target.close();
  }
}

/** Returns the delivery of a step for the page. */
export function jobDelivery({ delivery }: Pick<DeliveryEnded, 'delivery'>, key: string | null): JobDelivery {
  const { id, provider, event, variant, forge, url } = delivery;
  return { id, provider, event, variant, forge, url, key };
}
