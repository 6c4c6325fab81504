import { fixedTimes } from '../../authoring/captured/capturedIdentities.js';
import { capturedVector } from '../../authoring/captured/capturedVector.js';
import { describeCaptured } from '../../authoring/captured/describeCaptured.js';
import { foundLines, type TriedSecret } from '../../authoring/captured/foundLines.js';
import { withoutSecrets } from '../../authoring/captured/withoutSecrets.js';
import { defaultVariable } from '../../authoring/scaffold/skeleton.js';
import { readCapture } from '../../capture/readCapture.js';
import { parseEnvReference } from '../../config/address.js';
import { withEnvFiles } from '../../config/envFiles.js';
import { UsageError } from '../../core/errors.js';
import { holdsMask } from '../../core/fingerprint.js';
import type { World } from '../../core/world.js';
import { readCapturedBody } from '../../infer/capturedBody.js';
import { findScheme } from '../../infer/findScheme.js';
import type { CapturedRequest, FoundScheme } from '../../infer/foundScheme.js';
import { withSplitEvent } from '../../infer/withSplitEvent.js';
import type { ProviderNewValues } from '../../options/project.js';
import { withEnvironment } from '../project/projectOptions.js';
import { readNamedInput } from '../project/readInput.js';
import { readSecret } from '../project/readSecret.js';
import { findPlace } from './findPlace.js';
import type { NewProviderMeans } from './newProviderMeans.js';
import type { GivenSkeleton } from './readSkeleton.js';
import { folderOf, type WrittenProvider, writeProvider } from './writeProvider.js';

/** The files of a provider described from a captured request. */
export interface CapturedProvider extends WrittenProvider {
  /** True when no given secret explains the signature: a failure, though the files are written for correction. */
  readonly isUnproven: boolean;
}

/** Describes the provider of a captured request. */
export async function newFromCapture(
  options: CaptureOptions,
  given: GivenSkeleton,
  { ask, say, search }: NewProviderMeans,
  io: World,
): Promise<CapturedProvider> {
  assertNoConflicts(options);
  const { nameOf } = options;
  const place = await findPlace(options, io);
  const { request, notes } = await readFrom(options, io);
  const name = given.name ?? (await requireAnswer(ask?.name, noName));
  folderOf(name, given.format, place, options, io);
  const env = place.path === null ? io.env : withEnvFiles(io.env, place.folder).env;
  const tried = await secretsToTry(name, options, ask, withEnvironment(io, { env }));
  const secrets = tried.map(({ value }) => value);
  const find = (event?: string) => search((onWork) => findScheme(request, secrets, { event, onWork }));
  let found = find(options.event?.[0]);
  if (found.event === null) {
    const noEvent = `Nothing in the capture looks like the name of its event. Say it with ${nameOf('event')}.`;
    const answer = await requireAnswer(ask?.event, new UsageError('NO_EVENT', noEvent));
    found = find(answer);
  } else if (options.event === undefined) {
    found = withSplitEvent(found);
  }
  const event = found.event!;
  const body = found.body!;
  const variable = variableOf(name, options, tried, found);
  const sample = withoutSecrets(body, secrets, `${name}-sample-secret`);
  const description = describeCaptured({ name, event, found, sample, variable, secrets });
  const ofProof = tried[found.secrets[0] ?? -1]?.variable ?? variable;
  const vector = await capturedVector({ description, found, request, event, variable: ofProof, secrets });
  const { from } = options;
  const { url } = request;
  const filled = found.fields.map(([path]) => path);
  const fixed = fixedTimes({ sample, dialect: found.dialect, event, filled }, description.identities?.[0]);
  const summary = { name, from, found, tried, variable: ofProof, vector, notes, sample, body, url, fixed, nameOf };
  for (const line of foundLines(summary)) say(line);
  const written = await writeProvider(
    {
      format: given.format,
      description,
      samples: { [event]: sample },
      ...('vector' in vector && { vectors: [vector.vector] }),
    },
    place,
    options,
    io,
  );
  const isUnproven = tried.length > 0 && found.proofs.every(({ certainty }) => certainty === 'guessed');
  return { ...written, isUnproven };
}

const noName = new UsageError(
  'NO_NAME',
  'The provider has no name. Write: webhook-sim provider new acme --from <capture>',
);

/** Asks a person; throws where nobody can be asked. */
async function requireAnswer(question: (() => Promise<string>) | undefined, missing: UsageError) {
  if (question === undefined) throw missing;
  return question();
}

/** Returns the secrets to try; a person who gives none is asked. */
async function secretsToTry(
  name: string,
  options: CaptureOptions,
  ask: NewProviderMeans['ask'],
  io: World,
): Promise<TriedSecret[]> {
  const tried = await capturedSecrets(name, options, io);
  if (tried.length > 0 || ask === null) return tried;
  const value = await ask.secret();
  return value === '' ? [] : [{ value, source: 'your answer', isSample: false, variable: null }];
}

/** The secrets that options name, else those that the environment holds for a provider of this name. Throws a UsageError. */
async function capturedSecrets(
  name: string,
  { secret, secretEnv, nameOf }: CaptureOptions,
  io: World,
): Promise<TriedSecret[]> {
  const own = `WEBHOOK_SIM_${name.toUpperCase().replaceAll('-', '_')}_SECRET`;
  const usual = [secretEnv ?? [], own, defaultVariable(name)].flat().filter((variable) => io.env[variable]);
  const references = secret ?? [...new Set(usual)].map((variable) => `env:${variable}`);
  return Promise.all(
    references.map(async (reference) => ({
      ...(await readSecret(reference, io, nameOf('secret'))),
      variable: parseEnvReference(reference),
    })),
  );
}

/** Returns the variable for the description: that of the options, that of the secret that matches, or the default. */
function variableOf(
  name: string,
  { secretEnv, secret }: CaptureOptions,
  tried: readonly TriedSecret[],
  found: FoundScheme,
) {
  const fitting = secret && tried[found.secrets[0] ?? 0]?.variable;
  return secretEnv ?? fitting ?? defaultVariable(name);
}

/** The options of `provider new --from`. */
type CaptureOptions = ProviderNewValues & { readonly from: string };

/** A captured request whose body can be a sample. */
interface ReadCapture {
  readonly request: CapturedRequest;
  readonly notes: readonly string[];
}

/** Throws a UsageError for several events, and for options that take standard input twice. */
function assertNoConflicts({ secret = [], event = [], from, nameOf }: CaptureOptions): void {
  if (event.length > 1) {
    const message = `A capture is one event, and there is more than one ${nameOf('event')}. Give one.`;
    throw new UsageError('CONFLICT', message);
  }
  if ([from, ...secret].filter((each) => each === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input can be read once only: as the capture, or as one secret.');
  }
}

/** Reads the captured request. Throws a UsageError for what can't be read, or can be no sample. */
async function readFrom({ from, entry, nameOf }: CaptureOptions, io: World): Promise<ReadCapture> {
  const source = from === '-' ? 'Standard input' : from;
  const bytes = await readNamedInput(from, { source, code: 'BAD_CAPTURE' }, io);
  const { request, notes, isUrlMadeUp } = await readCapture(bytes, {
    source,
    entry,
    having: [],
    nameOf,
  });
  if (holdsMask(request.url) || holdsMask(Buffer.from(request.body).toString('latin1'))) {
    throw new UsageError(
      'BAD_CAPTURE',
      `${source}: it has "(secret …)" in place of a secret, so no valid description can be made from it. Capture the request itself.`,
    );
  }
  const read = readCapturedBody(request.headers, request.body);
  if ('reason' in read) throw new UsageError('BAD_CAPTURE', `${source}: ${read.reason}`);
  return { request: { ...request, url: isUrlMadeUp ? null : request.url }, notes };
}
