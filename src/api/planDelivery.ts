import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { providerInMode } from '../core/providerMode.js';
import { findForgery } from '../forge/forgeries.js';
import { writeJson } from '../json/dialect.js';
import { parseJson } from '../json/parse.js';
import { type Json, toJson } from '../json/value.js';
import type { Freshness } from '../payloads/identityRenewal.js';
import { loadSample } from '../payloads/load.js';
import { parseDialect } from '../payloads/parseDialect.js';
import { type PayloadRequest, preparePayload } from '../payloads/prepare.js';
import { type EventPlanner, eventPlanner, planTriedEvent } from '../session/send/planEvent.js';
import type { PlannedEvent } from '../simulate/plan.js';
import { applyBodyChanges, assertOneBody, copyCallerBody } from './changePayload.js';
import type { AnyDeliveryOptions } from './deliveryOptions.js';
import { resolveEvent, resolveProvider } from './resolveProvider.js';
import { parseCallAddress, readHeaderPairs, readSecrets } from './settings.js';

/** An event that is ready to be delivered, and what it was planned by. */
export interface PlannedSource {
  readonly provider: Provider;
  readonly event: PlannedEvent;
  readonly hasUrl: boolean;
  /** Those that are no samples. */
  readonly secrets: readonly string[];
  /** The planner of the event, with `request`, for other payloads. */
  readonly plan: EventPlanner;
  readonly request: PayloadRequest;
}

/** Reads all options. Throws a UsageError for wrong ones, before anything is sent. */
export async function planDelivery(options: AnyDeliveryOptions): Promise<PlannedSource> {
  const usual = await resolveProvider(options.provider);
  const provider = options.mode === undefined ? usual : providerInMode(usual, options.mode, 'options.mode');
  const { body, from, variant = null } = options;
  if (options.entry !== undefined && from === undefined) {
    throw new UsageError('CONFLICT', 'options.entry chooses from a capture. Give one as options.from.');
  }
  const captured =
    from === undefined ? undefined : await (await import('./readCaptured.js')).readCaptured(from, options, provider);
  const name = captured?.event ?? resolveEvent(provider, options.event);
  const fresh = readFreshness(options);
  const dialect = options.dialect === undefined ? undefined : parseDialect(options.dialect, 'dialect');
  assertOneBody(options);
  const sample = captured
    ? captured.content.sample
    : isAsItShips(options)
      ? undefined
      : await loadBasePayload(provider, name, options);
  const edited = sample === undefined ? undefined : applyBodyChanges(await resolvePayload(sample, options), options);
  const own = captured ? captured.content.own : body === undefined ? undefined : copyCallerBody(body);
  const request = { provider, event: name, variant, edits: [], fresh, dialect, sample, edited, own };
  const prepared = await preparePayload(request);
  if (options.schema) {
    await checkSchema(options, edited, prepared.payload.bytes, `The payload of ${provider.name} ${name}`);
  }
  const secrets = readSecrets(options, provider);
  const forgery = options.forge === undefined ? null : findForgery(options.forge);
  const { url, hasUrl } = parseCallAddress(options.url);
  const headers = readHeaderPairs(options.header);
  const publicUrl = options.publicUrl?.toString();
  const replay = captured?.content.replay?.({ url, headers, secretNames: [] });
  const plan = replay
    ? assertUnchanged
    : await eventPlanner({ provider, name, variant, url, publicUrl, secrets, headers, forgery });
  return {
    provider,
    hasUrl,
    event: replay ?? (await planTriedEvent(plan, prepared)),
    secrets: secrets.filter(({ isSample }) => !isSample).map(({ value }) => value),
    plan,
    request,
  };
}

function assertUnchanged(): never {
  throw new UsageError(
    'CONFLICT',
    'options.exact sends the captured request unchanged. Leave it out to change a payload.',
  );
}

function readFreshness({ fresh, exact }: AnyDeliveryOptions): Freshness {
  if (fresh !== undefined && exact) {
    throw new UsageError('CONFLICT', 'options.exact renews nothing, options.fresh does. Give one of them.');
  }
  if (fresh === undefined || fresh === 'ids' || fresh === 'all') return exact ? 'nothing' : (fresh ?? 'ids');
  throw new UsageError(
    'UNKNOWN_CHOICE',
    `options.fresh: "${fresh}" is neither ids nor all. For the sample as it is, set options.exact.`,
  );
}

/** Returns whether the payload is the sample, which need not be read then. */
function isAsItShips({ payload, body, set, unset, schema }: AnyDeliveryOptions): boolean {
  return [payload, body, set, unset, schema].every((option) => option === undefined);
}

/** The sample, or where there is none the payload that is given in its place; undefined where there is a body. */
async function loadBasePayload(
  provider: Provider,
  event: string,
  options: AnyDeliveryOptions,
): Promise<Json | undefined> {
  const { payload, body, variant } = options;
  if (body !== undefined) return undefined;
  return loadSample({ provider, event, variant: variant ?? null }).catch((error: unknown) => {
    const isGiven = payload !== undefined && typeof payload !== 'function';
    if (isGiven && error instanceof UsageError && error.code === 'NO_PAYLOAD') return toJson(payload);
    throw error;
  });
}

async function resolvePayload(sample: Json, { payload }: AnyDeliveryOptions): Promise<Json> {
  const custom = typeof payload === 'function' ? await payload(JSON.parse(writeJson(sample, 'js'))) : payload;
  return custom === undefined ? sample : toJson(custom);
}

async function checkSchema({ schema }: AnyDeliveryOptions, edited: Json | undefined, bytes: Uint8Array, what: string) {
  const { checkPayload } = await import('./payloadSchema.js');
  const value = edited === undefined ? parseJson(Buffer.from(bytes).toString('utf8')) : edited;
  await checkPayload(schema!, JSON.parse(writeJson(value, 'js')), what);
}
