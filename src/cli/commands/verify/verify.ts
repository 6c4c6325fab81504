import type { Capture } from '../../../capture/capture.js';
import type { Project } from '../../../config/project.js';
import type { Diagnosis } from '../../../core/diagnosis.js';
import { UsageError } from '../../../core/errors.js';
import type { LogEntry } from '../../../core/logEntry.js';
import { printable } from '../../../core/printable.js';
import type { Provider } from '../../../core/provider.js';
import type { Secret } from '../../../core/secret.js';
import { diagnose } from '../../../diagnose/diagnose.js';
import { readOptions } from '../../../options/readOptions.js';
import { assertOneStdin } from '../../../options/send.js';
import { type VerifyValues, verifyOptions } from '../../../options/verify.js';
import { findProvider } from '../../../providers/findProvider.js';
import { secretVariables } from '../../../providers/secrets.js';
import { diagnosisDocument, diagnosisText } from '../../../report/verify/diagnosis.js';
import { projectSecrets } from '../../../session/project/projectSecrets.js';
import { keyOf } from '../../../session/resend/keyOf.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { knownAddress } from '../../project/knownAddress.js';
import { loadProject } from '../../project/project.js';
import { secretWords } from '../../project/secretWords.js';
import { keptCapture } from './keptCapture.js';
import { allKnownProviders, recognizedProvider } from './recognizedProvider.js';
import { readHeader, readVerifyInput, withHeaders } from './verifyInput.js';
import { keptSource, readVerifyWords } from './verifySource.js';

/** The age that most receivers allow: that of the packages of Stripe, Slack and Standard Webhooks. */
const defaultToleranceMs = 300_000;

/** Runs `verify`; resolves with the exit code. */
export async function runVerify(words: readonly string[], flags: RawFlags, io: Io): Promise<number> {
  const options = readOptions(verifyOptions, flags, flagName);
  const project = await loadProject(options, io);
  const { provider: named, source } = readVerifyWords(words, options, project);
  const { tolerance: toleranceMs = defaultToleranceMs, now } = options;
  assertOneStdin([source, options.body, ...(options.secret ?? [])]);
  if (options.computed?.trim() === '') {
    throw new UsageError('EMPTY_COMPUTED', '--computed is empty. Give the signature that your receiver computed.');
  }
  const url = options.url === undefined ? undefined : knownAddress(options.url);
  const { provider, secrets, capture, told } = await openSource({ project, named, source, options }, io);
  const { request, at, notes } = capture;
  const diagnosis = await diagnose({
    provider,
    providers: project.providers,
    request: url === undefined ? request : { ...request, url },
    secrets,
    others: otherSecrets(provider, secrets, project.env),
    now: now ?? at ?? io.clock.now(),
    toleranceMs,
    notes,
    ...(options.computed !== undefined && { computed: options.computed }),
  });
  if (!options.quiet) {
    for (const line of told) io.stderr.write(`${printable(line)}\n`);
    const shown = secrets.map((secret) => secretWords(secret, provider)).join(' and ');
    io.stderr.write(`${provider.title}, verified with ${shown}\n`);
  }
  io.stdout.write(written(diagnosis, options, io));
  return diagnosis.genuine ? exitCodes.ok : exitCodes.refused;
}

/** What is verified. */
interface VerifySource {
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  readonly capture: Capture;
  /** What was found out, for people. */
  readonly told: readonly string[];
}

interface SourceRequest {
  readonly project: Project;
  readonly named: Provider | null;
  readonly source: string | undefined;
  readonly options: VerifyValues;
}

async function openSource({ project, named, source, options }: SourceRequest, io: Io): Promise<VerifySource> {
  const kept = source === undefined ? null : keptSource(source, project, io);
  if (kept) return openKept(kept, { project, named, options }, io);
  const others = () => allKnownProviders(project);
  const capture = await readVerifyInput(named, source, { options, others, io });
  const provider = named ?? recognizedProvider(capture.request, others(), source ?? '--body …');
  const told = named ? [] : [`Recognized as a request of ${provider.title} (${provider.name}) by its signature.`];
  return { provider, secrets: await projectSecrets({ project, provider, options }, io), capture, told };
}

async function openKept(kept: LogEntry, request: Omit<SourceRequest, 'source'>, io: Io): Promise<VerifySource> {
  const { project, named, options } = request;
  if (options.body !== undefined || options.entry !== undefined) {
    const flag = options.body === undefined ? '--entry' : '--body';
    throw new UsageError('CONFLICT', `${flag} is for a file, and this is a delivery of the log. Give one of them.`);
  }
  const provider = named ?? findProvider(kept.provider, project);
  const secrets = await projectSecrets({ project, provider, options, target: kept.target }, io);
  const headers = (options.header ?? []).map(readHeader);
  const capture = withHeaders(await keptCapture(kept, { provider, secrets, given: headers }), headers);
  const what = `${kept.provider} ${kept.event}${kept.forge === null ? '' : `, forged (${kept.forge})`}`;
  const when = options.now === undefined ? ', and verified as of then' : '';
  const told = [`Delivery ${keyOf(kept)} of the log (${what}), sent at ${new Date(capture.at!).toISOString()}${when}.`];
  return { provider, secrets, capture, told };
}

function written(diagnosis: Diagnosis, options: VerifyValues, io: Io): string {
  if (options.json) return `${diagnosisDocument(diagnosis)}\n`;
  return diagnosisText(diagnosis, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    columns: io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY,
  });
}

/** The secrets of the provider's variables that were not chosen: an old one may be among them. */
function otherSecrets(provider: Provider, chosen: readonly Secret[], env: Io['env']): Secret[] {
  return secretVariables(provider).flatMap((name) => {
    const value = env[name];
    return value && !chosen.some((secret) => secret.value === value)
      ? [{ value, source: `env:${name}`, isSample: false }]
      : [];
  });
}
