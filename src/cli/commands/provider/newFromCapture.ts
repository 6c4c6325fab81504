import { describeCaptured } from '../../../authoring/captured/capturedProvider.js';
import { capturedVector } from '../../../authoring/captured/capturedVector.js';
import { withoutSecrets } from '../../../authoring/captured/withoutSecrets.js';
import { usualVariable } from '../../../authoring/scaffold/skeleton.js';
import { withEnvFiles } from '../../../config/envFiles.js';
import { UsageError } from '../../../core/errors.js';
import { findScheme } from '../../../infer/findScheme.js';
import type { FoundScheme } from '../../../infer/foundScheme.js';
import { withEnvironment } from '../../../session/project/withEnvironment.js';
import { exitCodes } from '../../io/exitCode.js';
import { isInteractive } from '../../io/interactive.js';
import type { Io } from '../../io/io.js';
import { capturedSecrets, type TriedSecret } from './capturedSecrets.js';
import { foundLines } from './foundLines.js';
import { findPlace } from './newPlace.js';
import { assertNoConflicts, type FromFlags, readFrom } from './readFromFlags.js';
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
  return exitCodes.ok;
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
  return secretEnv ?? fitting ?? usualVariable(name);
}
