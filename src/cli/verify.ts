import type { Diagnosis } from '../core/diagnosis.js';
import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { diagnoseAsync } from '../diagnose/diagnose.js';
import { findProvider } from '../providers/findProvider.js';
import { secretVariables } from '../providers/secrets.js';
import { diagnosisDocument, diagnosisText } from '../report/diagnosis.js';
import { wantsColour, wantsUnicode } from './colour.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { knownAddress } from './knownAddress.js';
import { loadProject } from './project.js';
import { projectSecrets } from './projectSecrets.js';
import { secretWords } from './secretWords.js';
import { readSendFlags } from './sendSettings.js';
import type { VerifyFlags } from './verifyCommand.js';
import { readVerifyInput } from './verifyInput.js';

/** The age that most receivers allow: that of the packages of Stripe, Slack and Standard Webhooks. */
const defaultTolerance = '5m';

/** Runs `verify`; resolves with the exit code. */
export async function verify(
  providerName: string,
  path: string | undefined,
  flags: VerifyFlags,
  io: Io,
): Promise<number> {
  const project = await loadProject(flags, io);
  const provider = findProvider(providerName, project);
  const toleranceMs = parseDuration(flags.tolerance ?? defaultTolerance, '--tolerance');
  const { now } = readSendFlags(flags.now === undefined ? {} : { now: flags.now });
  if ([path, flags.body, ...(flags.secret ?? [])].filter((value) => value === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input (-) can be read only once. Give the other one as a file.');
  }
  if (flags.computed?.trim() === '') {
    throw new UsageError('EMPTY_COMPUTED', '--computed is empty. Give the signature that your receiver computed.');
  }
  const url = flags.url === undefined ? undefined : knownAddress(flags.url);
  const { request, at, notes } = await readVerifyInput(provider, path, flags, io);
  const secrets = await projectSecrets({ project, provider, flags }, io);
  const diagnosis = await diagnoseAsync({
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
    const words = secrets.map((secret) => secretWords(secret, provider)).join(' and ');
    io.stderr.write(`${provider.title}, verified with ${words}\n`);
  }
  io.stdout.write(written(diagnosis, flags, io));
  return diagnosis.genuine ? exitCodes.ok : exitCodes.refused;
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
