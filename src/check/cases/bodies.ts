import { UsageError } from '../../core/errors.js';
import type { Dialect, Provider } from '../../core/provider.js';
import { wireParts, wirePlaces } from '../../core/wireName.js';
import { writeBody } from '../../json/dialect.js';
import type { Json } from '../../json/value.js';
import { type CompiledPayload, compilePayload } from '../../payloads/compiled.js';
import { writePart } from '../../payloads/eventPart.js';
import { findIdentityGroup } from '../../payloads/identityRenewal.js';
import { loadSample } from '../../payloads/load.js';
import { readEvent } from '../../payloads/prepare.js';
import type { CaseBody } from './case.js';
import * as edit from './editBytes.js';
import { setHumanText } from './humanText.js';

/** The event that a body is of. */
export interface BodySource {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
}

/** A body of a case, ready to be renewed and signed, with the event of its sample, and the one that it names. */
export interface PreparedBody {
  readonly payload: CompiledPayload;
  readonly event: string;
  readonly sentEvent: string;
}

const unknownEvent = 'webhook_sim.unknown';

/** Beyond what encoders escape differently; letters beyond ASCII only where the encoder makes ASCII of them. */
const contended = { ascii: 'Zoë & Søn <i> 1/2 €', other: 'A & B <i> 1/2' };

const defaultBodies = new WeakMap<BodySource, Promise<PreparedBody>>();

/** Makes the body of a case. */
export function createBody(body: CaseBody | undefined, source: BodySource): Promise<PreparedBody> {
  if (body !== undefined) return createNewBody(body, source);
  const known = defaultBodies.get(source) ?? createNewBody(body, source);
  defaultBodies.set(source, known);
  return known;
}

async function createNewBody(body: CaseBody | undefined, source: BodySource): Promise<PreparedBody> {
  const { provider } = source;
  if (body?.is === 'any other event') {
    const other = await createOtherBody(source);
    if (other) return other;
    throw new UsageError('NO_PAYLOAD', `There is no sample of another event of ${source.provider.name}.`);
  }
  const event = body?.is === 'another event' ? body.event : source.event;
  const variant = body?.is === 'another event' ? null : source.variant;
  const sample = await loadSharedSample(source, event, variant);
  const { value, dialect } = edited(body, structure(sample), provider);
  const bytes = written(body, writeBody(value, dialect), provider);
  return {
    payload: compilePayload({
      sample,
      bytes,
      identityGroup: findIdentityGroup(provider.identities, event),
      fresh: 'ids',
      dialect,
    }),
    event,
    sentEvent: givenName(body) ?? readEvent(provider, value, event) ?? event,
  };
}

const samples = new WeakMap<BodySource, Map<string, Promise<Json>>>();

/** A sample, read once in each check: nearly all cases are made of the same. It is not to be changed. */
function loadSharedSample(source: BodySource, event: string, variant: string | null): Promise<Json> {
  const known = samples.get(source) ?? new Map<string, Promise<Json>>();
  samples.set(source, known);
  const key = JSON.stringify([event, variant]);
  const sample = known.get(key) ?? loadSample({ provider: source.provider, event, variant });
  known.set(key, sample);
  return sample;
}

/** The body of the first other event that has a sample; null where there is none. A custom provider may have samples of some events only. */
export async function createOtherBody(source: BodySource): Promise<PreparedBody | null> {
  for (const event of Object.keys(source.provider.events)) {
    if (event === source.event) continue;
    try {
      return await createBody({ is: 'another event', event }, source);
    } catch (error) {
      if (!(error instanceof UsageError && error.code === 'NO_PAYLOAD')) throw error;
    }
  }
  return null;
}

/** The name that a case gives to its event; undefined for the event's own. */
function givenName(body: CaseBody | undefined): string | undefined {
  if (body?.is === 'named event') return body.event;
  return body?.is === 'unknown event' ? unknownEvent : undefined;
}

/** A copy that can be changed. */
function structure(value: Json): Json {
  if (Array.isArray(value)) return value.map(structure);
  return value instanceof Map ? new Map([...value].map(([key, member]) => [key, structure(member)])) : value;
}

function edited(body: CaseBody | undefined, value: Json, provider: Provider): { value: Json; dialect: Dialect } {
  const { dialect } = provider;
  const kept = wirePlaces(provider).paths.flatMap((path) => path ?? []);
  switch (body?.is) {
    case 'text':
      setHumanText(value, body.text, kept);
      return { value, dialect };
    case 'invalid UTF-8':
      setHumanText(value, edit.invalidUtf8Marker, kept);
      return { value, dialect };
    case 'dialect':
      setHumanText(value, /^(ascii|python|php)$/.test(body.dialect) ? contended.ascii : contended.other, kept);
      return { value, dialect: body.dialect };
    case 'divided character':
      return { value: divided(value, dialect, kept), dialect };
    case 'unknown event':
    case 'named event':
      setEvent(value, provider, givenName(body)!);
      return { value, dialect };
    default:
      return { value, dialect };
  }
}

/** Puts the parts of an event's name where a body has a place for them. */
function setEvent(value: Json, provider: Provider, event: string): void {
  const parts = wireParts(provider, event);
  for (const [at, path] of wirePlaces(provider).paths.entries()) {
    const part = parts[at];
    if (path === undefined || part === undefined) continue;
    writePart(provider, value, { path, at }, part);
  }
}

/** With so many letters of four bytes that the middle is among them, and as many of one that it is inside of one. */
function divided(value: Json, dialect: Dialect, kept: readonly string[]): Json {
  const letters = Math.ceil(writeBody(value, dialect).length / 4) + 4;
  for (let before = 0; before < 8; before++) {
    setHumanText(value, 'x'.repeat(before) + '😀'.repeat(letters), kept);
    if (edit.isDividedInCharacter(writeBody(value, dialect))) break;
  }
  return value;
}

function written(body: CaseBody | undefined, bytes: Buffer, provider: Provider): Uint8Array {
  switch (body?.is) {
    case 'members':
      return edit.withMembers(bytes, body.json);
    case 'named event':
      return wirePlaces(provider).paths.length === 0
        ? edit.withMembers(bytes, `"type":${JSON.stringify(body.event)}`)
        : bytes;
    case 'nested':
      return edit.withMembers(bytes, `"webhooksimnested":${'['.repeat(body.levels)}${']'.repeat(body.levels)}`);
    case 'padded':
      return provider.verifiesOver === 'restringified'
        ? edit.withLongText(bytes, body.toBytes)
        : edit.withSpaces(bytes, body.toBytes);
    case 'cut':
      return bytes.subarray(0, Math.ceil(bytes.length / 2));
    case 'invalid UTF-8':
      return edit.withInvalidUtf8(bytes);
    case 'duplicate keys':
      return edit.withDuplicate(bytes);
    case 'exactly':
      return Buffer.from(body.text);
    default:
      return bytes;
  }
}
