import { existsSync, readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type Confirmation, confirmRequest } from '../../authoring/recorded/confirmRequest.js';
import { addVector, recordedVector } from '../../authoring/recorded/recordedVector.js';
import { readCapture } from '../../capture/readCapture.js';
import { parseEnvReference } from '../../config/address.js';
import type { ProviderSource } from '../../config/findProviders.js';
import type { Project } from '../../config/project.js';
import type { RequestRecorded } from '../../core/contract.js';
import type { ReceivedRequest } from '../../core/delivery.js';
import type { Diagnosis } from '../../core/diagnosis.js';
import { UsageError } from '../../core/errors.js';
import { holdsMask } from '../../core/fingerprint.js';
import { shownPath } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import { senderProof } from '../../core/senderProof.js';
import type { World } from '../../core/world.js';
import { proofHeaderNames } from '../../delivery/recognizeProviders.js';
import { diagnoseSignature } from '../../diagnose/diagnoseSignature.js';
import { setMembers } from '../../documents/setMembers.js';
import type { ProviderTestValues } from '../../options/project.js';
import { ownVariable } from '../../providers/secrets.js';
import { tellsAddress } from '../../signing/covered.js';
import { parseSignedUrl } from '../project/parseSignedUrl.js';
import { readNamedInput } from '../project/readInput.js';
import { projectSecrets } from '../project/readSecret.js';
import { writeAllOrNone } from './writeAllOrNone.js';

/** The options of `provider test --record`. */
export type RecordOptions = ProviderTestValues & { readonly record: string };

/** The provider to record a request for. */
export interface RecordedProvider {
  readonly provider: Provider;
  /** Null for one that ships. */
  readonly source: ProviderSource | null;
  /** The path of the provider's description, as people see it. */
  readonly shown: string;
  readonly project: Project;
  /** Called often while it searches, which lets no timer run. */
  readonly onWork: () => void;
}

/** The result: the event, and the variable with the secret for the checks that follow; null where the request is not genuine. */
export interface RecordResult {
  readonly event: RequestRecorded;
  readonly env: Readonly<Record<string, string>> | null;
}

/** Holds a recorded request against a description and keeps it as a vector. Throws a UsageError for what can't be read; nothing is written then. */
export async function recordRequest(place: RecordedProvider, options: RecordOptions, io: World): Promise<RecordResult> {
  const { provider, shown } = place;
  const { request, at } = await readRecording(provider, options, io);
  const { secrets, diagnosis } = await verifyRecording(place, request, options, io);
  // A signed time is more reliable than the capture's.
  const ageMs = diagnosis.time?.ageMs ?? null;
  const on = formatDay(ageMs === null ? (at ?? io.clock.now()) : io.clock.now() - ageMs);
  const head = { type: 'provider-recorded', provider: provider.name, description: shown, on } as const;
  if (!diagnosis.genuine && signs(provider)) {
    const why =
      diagnosis.findings.map(({ says }) => says).join(' ') ||
      `it does not fit this secret. See: webhook-sim verify ${provider.name} ${options.record}`;
    const facts = [{ fact: 'signature', verdict: 'differs', message: why } as const];
    const reason = 'the request is not genuine with this secret.';
    return { event: { ...head, event: null, facts, fields: null, written: [], reason }, env: null };
  }
  const confirmation = await confirmRequest(provider, request, signs(provider) ? diagnosis : null, diagnosis.event);
  const { event, facts, fields } = confirmation;
  const secret = secrets[diagnosis.secret?.place ?? 0];
  const variable = parseEnvReference(secret?.source ?? '') ?? provider.secret.env[0] ?? ownVariable(provider);
  const kept = secret && keep({ place, request, confirmation, on, secret, variable }, options, io);
  const { written = [], reason = 'the provider signs nothing, so that there is nothing to prove.' } = kept ?? {};
  return {
    event: { ...head, event, facts, fields, written, reason },
    env: secret ? { [variable]: secret.value } : {},
  };
}

function formatDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function signs(provider: Provider): boolean {
  return senderProof(provider) !== 'nothing';
}

/** A genuine request that is to be kept. */
interface Recording {
  readonly place: RecordedProvider;
  readonly request: ReceivedRequest;
  readonly confirmation: Confirmation;
  readonly on: string;
  readonly secret: Secret;
  readonly variable: string;
}

function keep(recording: Recording, options: RecordOptions, io: World): Pick<RequestRecorded, 'written' | 'reason'> {
  const { place, request, confirmation, on, secret, variable } = recording;
  const { provider, source } = place;
  const isPublic = /PUBLIC KEY|^whpk_/.test(secret.value);
  const result = recordedVector({
    provider,
    request,
    confirmation,
    on,
    secret: secret.value,
    variable: options.keepSecret || isPublic ? null : variable,
    nameOf: options.nameOf,
  });
  if ('reason' in result) return { written: [], reason: result.reason };
  if (source === null) {
    const reason = `${provider.name} ships with webhook-sim. In a clone of its repository, name the folder payloads/${provider.name}, and the vector is written there.`;
    return { written: [], reason };
  }
  if (source.folder === null)
    return { written: [], reason: 'the description stands in the config, and has no folder.' };
  const file = addVector(source.folder, result.vector, io.cwd);
  if (file === null) return { written: [], reason: 'it is among the vectors already.' };
  const files = [file, ...observedEvent(source, provider, confirmation, on)];
  writeAllOrNone(files, io);
  return { written: files.map(({ path }) => shownPath(path, io.cwd)), reason: null };
}

/** The description with the event of a request as observed, where it was less certain and the whole sample was confirmed. */
function observedEvent({ path }: ProviderSource, { events }: Provider, { event, fields }: Confirmation, on: string) {
  const isWhole = fields !== null && fields.missing.length === 0 && fields.otherTypes.length === 0;
  if (event === null || !isWhole || fields.sample !== event) return [];
  if (!['inferred', 'placeholder'].includes(events[event]!.certainty) || !/^\.ya?ml$/.test(extname(path))) return [];
  const text = setMembers(readFileSync(path, 'utf8'), ['events', event], {
    certainty: 'observed',
    source: `a request recorded on ${on}, in vectors.json`,
  });
  return text === null ? [] : [{ path, text }];
}

async function verifyRecording(
  { provider, project, onWork }: RecordedProvider,
  request: ReceivedRequest,
  options: RecordOptions,
  io: World,
) {
  const { nameOf } = options;
  const found = await projectSecrets({ project, provider, options, target: null }, io);
  const secrets = signs(provider) ? found : [];
  if (secrets.some(({ isSample }) => isSample)) {
    throw new UsageError(
      'NO_SECRET',
      `${nameOf('record')} needs the secret with which the request was signed: give it with ${nameOf('secret')} env:NAME, or set ${provider.secret.env[0] ?? ownVariable(provider)}.`,
    );
  }
  const diagnosis: Diagnosis = await diagnoseSignature({
    provider,
    providers: [provider],
    request,
    secrets: secrets.length > 0 ? secrets : found,
    others: [],
    now: io.clock.now(),
    toleranceMs: Number.MAX_SAFE_INTEGER,
    nameOf: options.nameOf,
    notes: [],
    onWork,
  });
  return { secrets, diagnosis };
}

/** Reads the recorded request, and its time, if the capture has one. Throws a UsageError for one of the log, which webhook-sim sent itself. */
async function readRecording(provider: Provider, options: RecordOptions, io: World) {
  const { record, entry, nameOf } = options;
  const source = record === '-' ? 'Standard input' : record;
  if (/^(last|[0-9a-f]{4,12})$/i.test(record) && !existsSync(resolve(io.cwd, record))) {
    throw new UsageError(
      'OWN_DELIVERY',
      `${nameOf('record')} ${record}: what the log keeps was sent by webhook-sim itself, and proves nothing. Record what ${provider.title} sends, such as with: webhook-sim listen ${provider.name} --save recorded`,
    );
  }
  if ([record, ...(options.secret ?? [])].filter((each) => each === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input can be read once only: as the capture, or as one secret.');
  }
  const bytes = await readNamedInput(record, { source: `${nameOf('record')} ${record}`, code: 'BAD_CAPTURE' }, io);
  const capture = await readCapture(bytes, { source, entry, having: proofHeaderNames(provider), nameOf });
  const { url, body } = capture.request;
  if (holdsMask(url) || holdsMask(Buffer.from(body).toString('latin1'))) {
    throw new UsageError(
      'BAD_CAPTURE',
      `${source}: it has "(secret …)" in place of a secret, so it proves nothing. Record the request itself.`,
    );
  }
  if (capture.isUrlMadeUp && options.url === undefined && tellsAddress(provider)) {
    throw new UsageError(
      'BAD_CAPTURE',
      `${source}: the address is signed, and is not in the capture. Give it with ${nameOf('url')}.`,
    );
  }
  const address = options.url === undefined ? url : parseSignedUrl(options.url, nameOf('url'));
  return { request: { ...capture.request, url: address }, at: capture.at };
}
