import { UsageError } from '../core/errors.js';
import type { Dialect, Provider } from '../core/provider.js';
import { parseBody, parsedBody, writeJson } from '../json/dialect.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import type { Json } from '../json/value.js';
import { type CompiledPayload, compilePayload, withFreshness } from './compiled.js';
import { applyEdits, type Edit, isPerDelivery } from './edit.js';
import { loadSample } from './load.js';
import type { PlaceholderContext } from './placeholders.js';
import { type Freshness, findIdentityGroup } from './renewal.js';
import type { SampleName } from './sampleName.js';
import { storedSample } from './stored.js';

/** A body of the user's own: sent as it is; `checked` bodies must parse in the provider's form. */
export interface OwnBody {
  readonly bytes: Uint8Array;
  readonly checked: boolean;
  /** How errors name it: the file, or standard input. */
  readonly source: string;
  /** How its user names a body that is sent whatever it is. */
  readonly rawName?: string;
}

export interface PayloadRequest extends SampleName {
  readonly edits: readonly Edit[];
  readonly fresh: Freshness;
  readonly own?: OwnBody | undefined;
  /** In place of the sample that ships: it holds the same identities. */
  readonly sample?: Json | undefined;
  /** What a person made of the sample; the edits are made to it. */
  readonly edited?: Json | undefined;
  /** In place of the provider's own dialect. */
  readonly dialect?: Dialect | undefined;
}

/** A payload that is ready to be signed, and the name under which its event goes on the wire. */
export interface PreparedPayload {
  readonly payload: CompiledPayload;
  /** Makes the payload of one delivery again, where edits differ from one to the next; else null. */
  readonly rebuild: ((context: PlaceholderContext) => CompiledPayload) | null;
  readonly event: string;
  /** True where the name is only the one that was asked for, because the body does not tell one. */
  readonly eventIsAssumed: boolean;
}

/** Loads, edits and compiles the payload of an event, or takes the user's own body as it is. */
export async function preparePayload(request: PayloadRequest): Promise<PreparedPayload> {
  const { event, fresh, own } = request;
  if (own) return prepareOwn(own, request);
  const stored = isAsItShips(request) ? await storedSample(request) : null;
  if (stored) {
    return { payload: withFreshness(stored.payload, fresh), rebuild: null, ...wireEvent(stored.eventInBody, event) };
  }
  return prepareSample(request, request.sample ?? (await loadSample(request)));
}

/** A body of the user's own, as it is. */
export function prepareOwn(own: OwnBody, { provider, event }: Pick<SampleName, 'provider' | 'event'>): PreparedPayload {
  const parsed = own.checked ? parseOwn(own, provider) : tryParse(own.bytes, provider);
  return {
    payload: { bytes: own.bytes, holes: [], eventTime: null },
    rebuild: null,
    ...wireEvent(readEvent(provider, parsed), event),
  };
}

/** Edits and compiles a payload whose sample is loaded. */
export function prepareSample(request: Omit<PayloadRequest, 'own' | 'sample'>, sample: Json): PreparedPayload {
  const { provider, event, edits, fresh, edited: base = sample } = request;
  const identityGroup = findIdentityGroup(provider.identities, event);
  const compile = (edited: Json) => {
    const dialect = request.dialect ?? provider.dialect;
    const bytes = Buffer.from(writeJson(edited, dialect));
    return compilePayload({ sample, bytes, identityGroup, fresh, dialect });
  };
  // Edits that do not fit fail here, before anything is sent.
  const edited = edits.length === 0 ? base : applyEdits(base, edits);
  return {
    payload: compile(edited),
    rebuild: edits.some(isPerDelivery) ? (context) => compile(applyEdits(base, edits, context)) : null,
    ...wireEvent(readEvent(provider, edited), event),
  };
}

/** Whether nothing in a request makes the payload another than the one that the build keeps. */
function isAsItShips({ provider, edits, sample, edited, dialect = provider.dialect }: PayloadRequest): boolean {
  return edits.length === 0 && sample === undefined && edited === undefined && dialect === provider.dialect;
}

/** The event's name as the body tells it, else the one that was asked for. */
function wireEvent(told: string | null, event: string) {
  return told === null ? { event, eventIsAssumed: true } : { event: told, eventIsAssumed: false };
}

function tryParse(bytes: Uint8Array, { dialect }: Provider): Json | undefined {
  try {
    return parseBody(bytes, dialect);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function parseOwn({ bytes, source, rawName = 'raw' }: OwnBody, provider: Provider): Json {
  if (bytes.length === 0)
    throw new UsageError('BAD_DATA', `${source} is empty. To send an empty body, use ${rawName}.`);
  if (provider.dialect === 'form') return parseBody(bytes, 'form');
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
      // One's own provider may have samples of some events only.
      if (!(error instanceof UsageError && error.code === 'NO_PAYLOAD')) throw error;
    }
  }
  return Buffer.from('{}');
}

/** The event's name as a body tells it, given as bytes in any dialect of its provider or as they were read; null where it tells none. */
export function readEvent({ eventAt, dialect }: Provider, body: Uint8Array | Json | undefined): string | null {
  if (eventAt === null || body === undefined) return null;
  const read = body instanceof Uint8Array ? parsedBody(body, { dialect }) : body;
  const told = read === undefined ? undefined : getPath(read, parsePath(eventAt));
  return typeof told === 'string' ? told : null;
}
