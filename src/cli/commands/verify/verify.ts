import type { Capture } from '../../../capture/capture.js';
import type { Project } from '../../../config/project.js';
import type { Diagnosis } from '../../../core/diagnosis.js';
import { parseDuration } from '../../../core/duration.js';
import { UsageError } from '../../../core/errors.js';
import type { LogEntry } from '../../../core/logEntry.js';
import { printable } from '../../../core/printable.js';
import type { Provider } from '../../../core/provider.js';
import type { Secret } from '../../../core/secret.js';
import { diagnose } from '../../../diagnose/diagnose.js';
import { findProvider } from '../../../providers/findProvider.js';
import { secretVariables } from '../../../providers/secrets.js';
import { diagnosisDocument, diagnosisText } from '../../../report/verify/diagnosis.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { readSendFlags } from '../../options/sendSettings.js';
import { knownAddress } from '../../project/knownAddress.js';
import { loadProject } from '../../project/project.js';
import { secretWords } from '../../project/secretWords.js';
import { projectSecrets } from '../../session/project/projectSecrets.js';
import { keyOf } from '../../session/resend/keyOf.js';
import type { VerifyFlags } from './flags.js';
import { keptCapture } from './keptCapture.js';
import { allKnownProviders, recognizedProvider } from './recognizedProvider.js';
import { readHeader, readVerifyInput, withHeaders } from './verifyInput.js';
import { keptSource, readVerifyWords } from './verifySource.js';

/** The age that most receivers allow: that of the packages of Stripe, Slack and Standard Webhooks. */
const defaultTolerance = '5m';

/** Runs `verify`; resolves with the exit code. */
export async function verify(words: readonly string[], flags: VerifyFlags, io: Io): Promise<number> {
  const project = await loadProject(flags, io);
  const { provider: named, source } = readVerifyWords(words, flags, project);
  const toleranceMs = parseDuration(flags.tolerance ?? defaultTolerance, '--tolerance');
  const { now } = readSendFlags(flags.now === undefined ? {} : { now: flags.now });
  if ([source, flags.body, ...(flags.secret ?? [])].filter((value) => value === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input (-) can be read only once. Give the other one as a file.');
  }
  if (flags.computed?.trim() === '') {
    throw new UsageError('EMPTY_COMPUTED', '--computed is empty. Give the signature that your receiver computed.');
  }
  const url = flags.url === undefined ? undefined : knownAddress(flags.url);
  const { provider, secrets, capture, told } = await openSource({ project, named, source, flags }, io);
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
    ...(flags.computed !== undefined && { computed: flags.computed }),
  });
  if (!flags.quiet) {
    for (const line of told) io.stderr.write(`${printable(line)}\n`);
    const shown = secrets.map((secret) => secretWords(secret, provider)).join(' and ');
    io.stderr.write(`${provider.title}, verified with ${shown}\n`);
  }
  io.stdout.write(written(diagnosis, flags, io));
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
  readonly flags: VerifyFlags;
}

async function openSource({ project, named, source, flags }: SourceRequest, io: Io): Promise<VerifySource> {
  const kept = source === undefined ? null : keptSource(source, project, io);
  if (kept) return openKept(kept, { project, named, flags }, io);
  const others = () => allKnownProviders(project);
  const capture = await readVerifyInput(named, source, { flags, others, io });
  const provider = named ?? recognizedProvider(capture.request, others(), source ?? '--body …');
  const told = named ? [] : [`Recognized as a request of ${provider.title} (${provider.name}) by its signature.`];
  return { provider, secrets: await projectSecrets({ project, provider, flags }, io), capture, told };
}

async function openKept(kept: LogEntry, request: Omit<SourceRequest, 'source'>, io: Io): Promise<VerifySource> {
  const { project, named, flags } = request;
  if (flags.body !== undefined || flags.entry !== undefined) {
    const flag = flags.body === undefined ? '--entry' : '--body';
    throw new UsageError('CONFLICT', `${flag} is for a file, and this is a delivery of the log. Give one of them.`);
  }
  const provider = named ?? findProvider(kept.provider, project);
  const secrets = await projectSecrets({ project, provider, flags, target: kept.target }, io);
  const headers = (flags.header ?? []).map(readHeader);
  const capture = withHeaders(await keptCapture(kept, { provider, secrets, given: headers }), headers);
  const what = `${kept.provider} ${kept.event}${kept.forge === null ? '' : `, forged (${kept.forge})`}`;
  const when = flags.now === undefined ? ', and verified as of then' : '';
  const told = [`Delivery ${keyOf(kept)} of the log (${what}), sent at ${new Date(capture.at!).toISOString()}${when}.`];
  return { provider, secrets, capture, told };
}

function written(diagnosis: Diagnosis, flags: VerifyFlags, io: Io): string {
  if (flags.json) return `${diagnosisDocument(diagnosis)}\n`;
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
