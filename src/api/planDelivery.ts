import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { compileDelivery } from '../delivery/compile.js';
import { expectedAnswer } from '../forge/expectedAnswer.js';
import { findForgery, refuseMeaningless } from '../forge/findForgery.js';
import { writeJson } from '../json/dialect.js';
import { parseJson } from '../json/parse.js';
import { getPath, parsePath, unknownPath } from '../json/path.js';
import { type Json, toJson } from '../json/value.js';
import { bodyOfAnother } from '../payloads/another.js';
import { applyEdits, type Edit } from '../payloads/edit.js';
import { loadSample } from '../payloads/load.js';
import { parseDialect } from '../payloads/parseDialect.js';
import { preparePayload } from '../payloads/prepare.js';
import { type Freshness, storyOf } from '../payloads/renewal.js';
import { eventRules } from '../policy/rules.js';
import type { PlannedEvent } from '../simulate/plan.js';
import { tryOut } from '../verify/tryOut.js';
import type { AnyDeliveryOptions } from './deliveryOptions.js';
import { eventOf } from './eventOf.js';
import { resolveProvider } from './resolveProvider.js';
import { addressOf, ownHeaders, secretsOf } from './settings.js';

/** An event that is ready to be delivered, and what it was planned by. */
export interface PlannedSource {
  readonly provider: Provider;
  readonly event: PlannedEvent;
  readonly isAddressed: boolean;
  /** Those that are no samples. */
  readonly secrets: readonly string[];
}

/** Reads all that the options name: whatever is wrong with them is a UsageError here, before anything is sent. */
export async function planDelivery(options: AnyDeliveryOptions): Promise<PlannedSource> {
  const provider = await resolveProvider(options.provider);
  const name = eventOf(provider, options.event);
  const { fresh = 'ids', body } = options;
  const dialect = options.dialect === undefined ? undefined : parseDialect(options.dialect, 'dialect');
  refuseFreshness(fresh);
  const variant = options.variant ?? null;
  refuseTwoBodies(options);
  const sample = await sampleOf(provider, name, options);
  const edited = sample && (await payloadOf(sample, options));
  const { payload, event } = await preparePayload({
    provider,
    event: name,
    variant,
    edits: [],
    fresh,
    sample,
    edited,
    own: body === undefined ? undefined : { bytes: bytesOf(body), checked: false, source: 'body' },
    dialect,
  });
  if (options.schema) await checkSchema(options, edited, payload.bytes, `The payload of ${provider.name} ${name}`);
  const secrets = secretsOf(options, provider);
  const forgery = options.forge === undefined ? null : findForgery(options.forge);
  if (forgery) {
    refuseMeaningless(forgery, provider, { body: payload.bytes, secrets: secrets.map(({ value }) => value) });
  }
  const otherBody = forgery ? await bodyOfAnother(provider, name) : new Uint8Array();
  const { url, isAddressed } = addressOf(options.url);
  const headers = ownHeaders(options.header);
  const publicUrl = options.publicUrl?.toString();
  const source = { provider, event, variant, url, publicUrl, secrets, headers, forgery, otherBody };
  const planned: PlannedEvent = {
    payload,
    story: storyOf(provider.stories, name),
    make: compileDelivery(source),
    rules: eventRules(provider, provider.events[name], expectedAnswer(forgery, provider)),
  };
  await tryOut(planned, source);
  const own = secrets.filter(({ isSample }) => !isSample).map(({ value }) => value);
  return { provider, isAddressed, event: planned, secrets: own };
}

function refuseFreshness(fresh: Freshness): void {
  if (['ids', 'all', 'nothing'].includes(fresh)) return;
  throw new UsageError('UNKNOWN_CHOICE', `fresh: "${fresh}" is neither ids nor all nor nothing.`);
}

function refuseTwoBodies({ body, payload, set, unset, dialect }: AnyDeliveryOptions): void {
  if (body === undefined) return;
  const other = Object.entries({ payload, set, unset, dialect }).find(([, value]) => value !== undefined)?.[0];
  if (other)
    throw new UsageError('CONFLICT', `body is sent as it is, so ${other} can't change it. Give one or the other.`);
}

/** The sample, or where there is none the payload that is given in its place; undefined where there is a body. */
async function sampleOf(provider: Provider, event: string, options: AnyDeliveryOptions): Promise<Json | undefined> {
  const { payload, body, variant } = options;
  if (body !== undefined) return undefined;
  return loadSample({ provider, event, variant: variant ?? null }).catch((error: unknown) => {
    const isGiven = payload !== undefined && typeof payload !== 'function';
    if (isGiven && error instanceof UsageError && error.code === 'NO_PAYLOAD') return toJson(payload);
    throw error;
  });
}

async function payloadOf(sample: Json, { payload, set = {}, unset = [] }: AnyDeliveryOptions): Promise<Json> {
  const made = typeof payload === 'function' ? await payload(JSON.parse(writeJson(sample, 'js'))) : payload;
  const base = made === undefined ? sample : toJson(made);
  const edits: Edit[] = Object.entries(set).map(([text, value]) => {
    const path = parsePath(text);
    if (getPath(base, path) === undefined) throw unknownPath(base, path);
    return { type: 'setJson', path, value: toJson(value) };
  });
  return applyEdits(base, [...edits, ...unset.map((text): Edit => ({ type: 'unset', path: parsePath(text) }))]);
}

async function checkSchema({ schema }: AnyDeliveryOptions, edited: Json | undefined, bytes: Uint8Array, what: string) {
  const { checkPayload } = await import('./payloadSchema.js');
  const value = edited === undefined ? parseJson(Buffer.from(bytes).toString('utf8')) : edited;
  await checkPayload(schema!, JSON.parse(writeJson(value, 'js')), what);
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : Uint8Array.from(body);
}
