import { capturedVector } from '../../../authoring/captured/capturedVector.js';
import { describeCaptured } from '../../../authoring/captured/describeCaptured.js';
import { withoutSecrets } from '../../../authoring/captured/withoutSecrets.js';
import { defaultVariable } from '../../../authoring/scaffold/skeleton.js';
import { readCapture } from '../../../capture/readCapture.js';
import { withEnvFiles } from '../../../config/envFiles.js';
import { findHeader } from '../../../core/delivery.js';
import { UsageError } from '../../../core/errors.js';
import { holdsMask } from '../../../core/fingerprint.js';
import { findScheme } from '../../../infer/findScheme.js';
import type { CapturedRequest, FoundScheme } from '../../../infer/foundScheme.js';
import { withSplitEvent } from '../../../infer/withSplitEvent.js';
import { parseBody } from '../../../json/dialect.js';
import { JsonSyntaxError } from '../../../json/parse.js';
import type { Json } from '../../../json/value.js';
import type { ProviderNewValues } from '../../../options/project.js';
import { withEnvironment } from '../../../session/project/projectOptions.js';
import { readNamedInput } from '../../../session/project/readInput.js';
import { exitCodes } from '../../io/exitCode.js';
import { isInteractive } from '../../io/interactive.js';
import type { Io } from '../../io/io.js';
import { flagName } from '../../options/flags.js';
import { capturedSecrets, foundLines, type TriedSecret } from './foundLines.js';
import { givenFlag } from './givenFlag.js';
import { findPlace } from './newPlace.js';
import type { GivenSkeleton } from './readNewFlags.js';
import { folderOf, writeProvider } from './writeProvider.js';

/** Runs `provider new --from`: describes the provider of a captured request. Resolves with the exit code. */
export async function newFromCapture(flags: FromFlags, given: GivenSkeleton, io: Io): Promise<number> {
  assertNoConflicts(flags);
  const place = await findPlace(flags, io);
  const { request, body, notes } = await readFrom(flags, io);
  const name = given.name ?? (await ask('name', io, noName));
  if (name === null) return exitCodes.sigint;
  folderOf(name, given.format, place, flags, io);
  const env = place.path === null ? io.env : withEnvFiles(io.env, place.folder).env;
  const tried = await secretsOf(name, flags, withEnvironment(io, { env }));
  if (tried === null) return exitCodes.sigint;
  const secrets = tried.map(({ value }) => value);
  let found = findScheme(request, secrets, flags.event?.[0]);
  if (found.event === null) {
    const said = await ask('event', io, noEvent);
    if (said === null) return exitCodes.sigint;
    found = findScheme(request, secrets, said);
  } else if (flags.event === undefined) {
    found = withSplitEvent(found);
  }
  const event = found.event!;
  const variable = variableOf(name, flags, tried, found);
  const sample = withoutSecrets(body, secrets, `${name}-sample-secret`);
  const description = describeCaptured({ name, event, found, sample, variable, secrets });
  const ofProof = tried[found.secrets[0] ?? -1]?.variable ?? variable;
  const vector = await capturedVector({ description, found, request, event, variable: ofProof, secrets });
  const told = foundLines({ name, from: flags.from, found, tried, variable: ofProof, vector, notes, sample, body });
  io.stderr.write(told.map((line) => `${line}\n`).join(''));
  await writeProvider(
    {
      format: given.format,
      description,
      samples: { [event]: sample },
      ...('vector' in vector && { vectors: [vector.vector] }),
    },
    place,
    flags,
    io,
  );
  // A secret that was given and fits nothing is a fault, though the files are there to be corrected.
  const isUnproven = tried.length > 0 && found.proofs.every(({ certainty }) => certainty === 'guessed');
  return isUnproven ? exitCodes.rejected : exitCodes.ok;
}

const noName = new UsageError(
  'NO_NAME',
  'The provider has no name. Write: webhook-sim provider new acme --from <capture>',
);
const noEvent = new UsageError(
  'NO_EVENT',
  'Nothing in the capture looks like the name of its event. Say it with --event.',
);

async function ask(what: 'name' | 'event', io: Io, missing: UsageError): Promise<string | null> {
  if (!isInteractive(io)) throw missing;
  return (await import('./askForCaptured.js')).askForCaptured[what]();
}

/** The secrets to try; a person who names none is asked. Null where they leave. */
async function secretsOf(name: string, flags: FromFlags, io: Io): Promise<TriedSecret[] | null> {
  const tried = await capturedSecrets(name, flags, io);
  if (tried.length > 0 || !isInteractive(io)) return tried;
  const value = await (await import('./askForCaptured.js')).askForCaptured.secret();
  if (value === null) return null;
  return value === '' ? [] : [{ value, source: 'your answer', isSample: false, variable: null }];
}

/** The variable that the description names: what a flag says, that of the secret that fits, or the usual one. */
function variableOf(name: string, { secretEnv, secret }: FromFlags, tried: readonly TriedSecret[], found: FoundScheme) {
  const fitting = secret && tried[found.secrets[0] ?? 0]?.variable;
  return secretEnv ?? fitting ?? defaultVariable(name);
}

/** The flags of `provider new --from`. */
type FromFlags = ProviderNewValues & { readonly from: string };

/** A captured request, and its body as a sample can hold it. */
interface ReadCapture {
  readonly request: CapturedRequest;
  readonly body: Json;
  readonly notes: readonly string[];
}

/** Throws a UsageError for flags that say what the capture says, or that take standard input twice. */
function assertNoConflicts(flags: FromFlags): void {
  const { secret = [], event = [] } = flags;
  const other = givenFlag(flags, ['scheme', 'header', 'hash', 'encoding', 'content']);
  if (other) {
    throw new UsageError(
      'CONFLICT',
      `${other} does not go with --from: how it signs is read from the capture. Leave one of them out.`,
    );
  }
  if (event.length > 1) {
    throw new UsageError('CONFLICT', 'A capture is one event, and there is more than one --event. Give one.');
  }
  if ([flags.from, ...secret].filter((each) => each === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input can be read once only: as the capture, or as one secret.');
  }
}

/** Reads the captured request. Throws a UsageError for what can't be read, or can be no sample. */
async function readFrom({ from, entry }: FromFlags, io: Io): Promise<ReadCapture> {
  const source = from === '-' ? 'Standard input' : from;
  const bytes = await readNamedInput(from, { source, code: 'BAD_CAPTURE' }, io);
  const { request, notes, isUrlMadeUp } = await readCapture(bytes, {
    source,
    entry,
    having: [],
    nameOf: flagName,
  });
  if (holdsMask(request.url) || holdsMask(Buffer.from(request.body).toString('latin1'))) {
    throw new UsageError(
      'BAD_CAPTURE',
      `${source}: it has "(secret …)" in place of a secret, so nothing true can be made of it. Capture the request itself.`,
    );
  }
  return { request: { ...request, url: isUrlMadeUp ? null : request.url }, body: bodyOf(request, source), notes };
}

function bodyOf({ headers, body }: CapturedRequest, source: string): Json {
  const fail = (reason: string, cause?: unknown) => new UsageError('BAD_CAPTURE', `${source}: ${reason}`, { cause });
  if (body.length === 0) throw fail('the request has no body. A sample of an event is made of it: take one that has.');
  const isUtf8 = Buffer.from(Buffer.from(body).toString('utf8')).equals(body);
  if (!isUtf8) throw fail('its body is not UTF-8, so it can be no sample.');
  const type = findHeader(headers, 'content-type') ?? '';
  try {
    return parseBody(body, /form-urlencoded/i.test(type) ? 'form' : 'js');
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error;
    throw fail(`its body is neither JSON (line ${line}, column ${column}) nor a form. Samples are one of them.`, error);
  }
}
