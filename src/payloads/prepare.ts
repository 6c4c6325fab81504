import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Dialect, Provider } from '../core/provider.js';
import { eventOfParts, partName, wireParts, wirePlaces } from '../core/wireName.js';
import { parseBody, writeBody } from '../json/dialect.js';
import { formOf } from '../json/form.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { readPayload } from '../json/readPayload.js';
import type { Json } from '../json/value.js';
import { extract } from '../signing/extract.js';
import { readHeaderTemplates } from '../signing/templates.js';
import { type CompiledPayload, compilePayload, withFreshness } from './compiled.js';
import { applyEdits, type Edit, isPerDelivery } from './edit.js';
import { readPart } from './eventPart.js';
import { type Freshness, findIdentityGroup } from './identityRenewal.js';
import { loadSample } from './load.js';
import {
  fillPlaceholders,
  type PlaceholderContext,
  type Placeholders,
  parsePlaceholders,
  trialContext,
} from './placeholders.js';
import type { SampleName } from './sampleName.js';
import { storedSample } from './stored.js';

/** A body of the user's own: sent as it is; `checked` bodies must parse in the provider's form, and may hold placeholders. */
export interface OwnBody {
  readonly bytes: Uint8Array;
  readonly checked: boolean;
  /** Its name in errors: the file, or standard input. */
  readonly source: string;
  /** The name of the option for a body that is sent unchecked. */
  readonly rawName?: string;
}

export interface PayloadRequest extends SampleName {
  readonly edits: readonly Edit[];
  readonly fresh: Freshness;
  readonly own?: OwnBody | undefined;
  /** In place of the sample that ships: it holds the same identities. */
  readonly sample?: Json | undefined;
  /** The sample as a person edited it; the edits are applied to it. */
  readonly edited?: Json | undefined;
  /** In place of the provider's own dialect. */
  readonly dialect?: Dialect | undefined;
}

/** A payload that is ready to be signed, and its event. */
export interface PreparedPayload {
  readonly payload: CompiledPayload;
  /** Makes the payload of one delivery again, where edits differ from one to the next; else null. */
  readonly rebuild: ((context: PlaceholderContext) => CompiledPayload) | null;
  readonly event: string;
  /** True where the body alone does not determine the event, so that the requested one fills the gaps. */
  readonly eventIsAssumed: boolean;
}

/** Loads, edits and compiles the payload of an event, or takes the user's own body as it is. */
export async function preparePayload(request: PayloadRequest): Promise<PreparedPayload> {
  const { event, fresh, own } = request;
  if (own) return prepareOwn(own, request);
  const stored = isAsItShips(request) ? await storedSample(request) : null;
  if (stored) {
    const { payload, eventInBody } = stored;
    const named = { event: eventInBody ?? event, eventIsAssumed: eventInBody === null };
    return { payload: withFreshness(payload, fresh), rebuild: null, ...named };
  }
  return prepareSample(request, request.sample ?? (await loadSample(request)));
}

/** A body of the user's own: as it is, but for its placeholders and for the edits that are made to it. */
export function prepareOwn(
  own: OwnBody,
  { provider, event, edits = [] }: Pick<SampleName, 'provider' | 'event'> & Partial<Pick<PayloadRequest, 'edits'>>,
): PreparedPayload {
  const payloadOf = (bytes: Uint8Array): CompiledPayload => ({ bytes, holes: [], eventTime: null });
  if (!own.checked) {
    return {
      payload: payloadOf(own.bytes),
      rebuild: null,
      ...nameEvent(provider, tryParse(own.bytes, provider), event),
    };
  }
  const parsed = parseOwn(own, provider);
  const placeholders = placeholdersOf(own);
  const build = (context: PlaceholderContext) => {
    const bytes = placeholders ? Buffer.from(fillPlaceholders(placeholders, context, undefined), 'latin1') : own.bytes;
    if (edits.length === 0) return { bytes, body: parsed };
    const body = applyEdits(placeholders ? parseOwn({ ...own, bytes }, provider) : parsed, edits, context);
    return { bytes: writeBody(body, provider.dialect), body };
  };
  const { bytes, body } = build(trialContext);
  return {
    payload: payloadOf(bytes),
    rebuild: placeholders || edits.some(isPerDelivery) ? (context) => payloadOf(build(context).bytes) : null,
    ...nameEvent(provider, body, event),
  };
}

/** The placeholders of a body that is text; null where it holds none. */
function placeholdersOf({ bytes, source, rawName = 'raw' }: OwnBody): Placeholders | null {
  // A character for each byte: a form may hold any.
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.includes('{{')) return null;
  return parsePlaceholders(text, { name: source, literally: `for braces as they are send the file with ${rawName}.` });
}

/** Edits and compiles a payload whose sample is loaded. */
export function prepareSample(request: Omit<PayloadRequest, 'own' | 'sample'>, sample: Json): PreparedPayload {
  const { provider, event, edits, fresh, edited: base = sample } = request;
  const identityGroup = findIdentityGroup(provider.identities, event);
  const compile = (edited: Json) => {
    const dialect = request.dialect ?? provider.dialect;
    const bytes = writeBody(edited, dialect);
    return compilePayload({ sample, bytes, identityGroup, fresh, dialect });
  };
  // Edits that do not fit fail here, before anything is sent.
  const edited = edits.length === 0 ? base : applyEdits(base, edits);
  return {
    payload: compile(edited),
    rebuild: edits.some(isPerDelivery) ? (context) => compile(applyEdits(base, edits, context)) : null,
    ...nameEvent(provider, edited, event),
  };
}

/** Returns whether nothing in a request makes the payload another than the one that the build keeps. */
function isAsItShips({ provider, edits, sample, edited, dialect = provider.dialect }: PayloadRequest): boolean {
  return edits.length === 0 && sample === undefined && edited === undefined && dialect === provider.dialect;
}

/** Returns the event of the body; the requested event fills the gaps. */
function nameEvent(provider: Provider, body: Json | undefined, requested: string) {
  const event = readEvent(provider, body, requested) ?? requested;
  return { event, eventIsAssumed: readEvent(provider, body) === null };
}

function tryParse(bytes: Uint8Array, { dialect }: Provider): Json | undefined {
  try {
    return parseBody(bytes, dialect);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** A body that is the parts of `multipart`, or a text. */
function parseOther(
  { bytes, source, rawName }: Pick<OwnBody, 'bytes' | 'source' | 'rawName'>,
  provider: Provider,
): Json {
  const { dialect } = provider;
  const fail = (is: string): never => {
    throw new UsageError('BAD_DATA', `${source} ${is}. To send it all the same, use ${rawName}.`);
  };
  if (dialect === 'text') {
    const isUtf8 = Buffer.from(Buffer.from(bytes).toString('utf8')).equals(bytes);
    return isUtf8 ? parseBody(bytes, dialect) : fail('is not UTF-8');
  }
  const boundary = formOf(dialect)?.boundary ?? '';
  if (
    !Buffer.from(bytes)
      .subarray(0, boundary.length + 2)
      .equals(Buffer.from(`--${boundary}`))
  )
    fail(`does not begin with --${boundary}, the boundary that the header Content-Type names`);
  return tryParse(bytes, provider) ?? fail('is not multipart/form-data, which is made of parts with names');
}

function parseOwn({ bytes, source, rawName = 'raw' }: OwnBody, provider: Provider): Json {
  if (bytes.length === 0)
    throw new UsageError('BAD_DATA', `${source} is empty. To send an empty body, use ${rawName}.`);
  const form = formOf(provider.dialect);
  if (form && form.kind !== 'multipart') return parseBody(bytes, form);
  if (form || provider.dialect === 'text') return parseOther({ bytes, source, rawName }, provider);
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof JsonSyntaxError ? error.message : 'it is not UTF-8';
    throw new UsageError(
      'BAD_DATA',
      `${source} is not JSON, which ${provider.title} sends: ${reason}. To send it all the same, use ${rawName}.`,
    );
  }
}

/** The body of another event than this one, for the forgery that takes its signature. */
export async function bodyOfAnother(provider: Provider, event: string): Promise<Uint8Array> {
  for (const other of Object.keys(provider.events)) {
    if (other === event) continue;
    try {
      const request = { provider, event: other, variant: null, edits: [], fresh: 'nothing' } as const;
      return (await preparePayload(request)).payload.bytes;
    } catch (error) {
      // A provider of the user's own may have samples of some events only.
      if (!(error instanceof UsageError && error.code === 'NO_PAYLOAD')) throw error;
    }
  }
  return Buffer.from('{}');
}

/**
 * Returns the event of a body, by the name that people type; the body is bytes in any dialect of its provider, or parsed. The event in `requested`
 * fills the gaps. Null where the body names none, or too little of it.
 */
export function readEvent(provider: Provider, body: Uint8Array | Json | undefined, requested?: string): string | null {
  const parts = bodyParts(provider, body);
  if (parts.every((part) => part === undefined)) return null;
  return nameOfParts(provider, parts, requested === undefined ? [] : wireParts(provider, requested));
}

/** Returns the event in a request's body and headers, by the name that people type; null for none. */
export function readRequestEvent(
  provider: Provider,
  { headers, body }: { readonly headers: readonly Header[]; readonly body: Uint8Array },
): string | null {
  const inHeaders = headerTexts(provider, headers);
  const { count } = wirePlaces(provider);
  const parts = Array.from({ length: count }, (_, at) => inHeaders.get(partName(at)));
  return nameOfParts(provider, bodyParts(provider, body), parts) ?? inHeaders.get('event') ?? null;
}

/** Returns the parts of an event's name in a body. */
function bodyParts(provider: Provider, body: Uint8Array | Json | undefined): (string | undefined)[] {
  const { paths } = wirePlaces(provider);
  if (body === undefined || paths.length === 0) return [];
  const read = body instanceof Uint8Array ? readPayload(body, provider.dialect).value : body;
  return [...paths].map((path, at) =>
    path === undefined || read === undefined ? undefined : readPart(provider, read, path, at),
  );
}

/** Returns the parts of an event's name in headers, by their names in templates. */
function headerTexts(provider: Provider, headers: readonly Header[]): Map<string, string> {
  const texts = readHeaderTemplates(provider).flatMap((template) => {
    const received = headers.find(([name]) => name.toLowerCase() === template.name.toLowerCase());
    return received ? (extract(template, received[1]) ?? []) : [];
  });
  return new Map(texts);
}

function nameOfParts(
  provider: Provider,
  known: readonly (string | undefined)[],
  other: readonly (string | undefined)[],
): string | null {
  const parts: string[] = [];
  for (let at = 0; at < Math.max(known.length, other.length); at++) {
    const part = known[at] ?? other[at];
    if (part === undefined) break;
    parts.push(part);
  }
  return parts.length === 0 ? null : eventOfParts(provider, parts);
}
