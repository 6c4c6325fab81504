import type { Capture } from '../../capture/capture.js';
import type { Project } from '../../config/project.js';
import { targetConfig } from '../../config/settings.js';
import { chooseTarget } from '../../config/target.js';
import type { Diagnosis } from '../../core/diagnosis.js';
import { type NameOf, UsageError } from '../../core/errors.js';
import { holdsMask } from '../../core/fingerprint.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { diagnoseSignature } from '../../diagnose/diagnoseSignature.js';
import { assertOneStdin } from '../../options/send.js';
import type { VerifyValues } from '../../options/verify.js';
import { allProviders } from '../../providers/findProvider.js';
import { secretVariables } from '../../providers/secrets.js';
import { parseSignedUrl } from '../project/parseSignedUrl.js';
import { projectSecrets } from '../project/readSecret.js';
import { recognizeSender } from '../project/recognizeSender.js';
import { keyOf } from '../resend/keptRequest.js';
import { providerOfKept } from '../resend/providerOfKept.js';
import { keptCapture } from './keptCapture.js';
import { keptSource, readCapturedRequest, readHeader, readVerifyInput, withHeaders } from './verifyInput.js';

/** The age that most receivers allow: that of the packages of Stripe, Slack and Standard Webhooks. */
const defaultToleranceMs = 300_000;

/** The request to verify. */
export interface VerifyRequest {
  readonly project: Project;
  /** Null where it is to be recognized. */
  readonly provider: Provider | null;
  /** A request, parsed or as it was saved; a file, `-`, or a name of the log; undefined where `body` names a file. */
  readonly source: Capture | Uint8Array | string | undefined;
  /** Formats the command for a provider, such as `webhook-sim verify github capture.http`. */
  readonly sayProvider: (name: string) => string;
}

/** A request that is ready to be verified. */
export interface ReadyVerify {
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  /** Findings, for people. */
  readonly notes: readonly string[];
  /** Searches for what explains the signature; calls `onWork` often, as it lets no timer run. */
  readonly diagnose: (onWork?: () => void) => Promise<Diagnosis>;
}

/** Reads all that is named. Throws a UsageError for the first thing that is wrong. */
export async function prepareVerify(request: VerifyRequest, options: VerifyValues, io: World): Promise<ReadyVerify> {
  const { project, source } = request;
  const { tolerance: toleranceMs = defaultToleranceMs, now, computed } = options;
  assertOneStdin([typeof source === 'string' ? source : undefined, options.body, ...(options.secret ?? [])]);
  if (computed?.trim() === '') {
    throw new UsageError(
      'EMPTY_COMPUTED',
      `${options.nameOf('computed')} is empty. Give the signature that your receiver computed.`,
    );
  }
  const url = options.url === undefined ? undefined : parseSignedUrl(options.url, options.nameOf('url'));
  const { provider, secrets, capture, notes: found, wasRejected } = await openSource(request, options, io);
  const { request: captured, at, notes } = capture;
  const diagnose = async (onWork?: () => void) => {
    const diagnosis = await diagnoseSignature({
      provider,
      providers: allProviders(project),
      request: url === undefined ? captured : { ...captured, url },
      secrets,
      others: otherSecrets(provider, secrets, project.env),
      now: now ?? at ?? io.clock.now(),
      toleranceMs,
      nameOf: options.nameOf,
      notes,
      ...(computed !== undefined && { computed }),
      ...(onWork && { onWork }),
    });
    if (!diagnosis.genuine && holdsMask(Buffer.from(captured.body).toString('latin1'))) {
      return { ...diagnosis, notes: [...diagnosis.notes, maskedBody] };
    }
    const isUnexplained = wasRejected && diagnosis.genuine && computed === undefined;
    return isUnexplained ? { ...diagnosis, next: [...diagnosis.next, ...nextForReceiver(options.nameOf)] } : diagnosis;
  };
  return { provider, secrets, notes: found, diagnose };
}

const maskedBody =
  'The body has "(secret …)" in place of a secret, which is not shown in the capture: what is signed over it can’t fit.';

/** Returns the next steps where the receiver rejected a genuine request. */
function nextForReceiver(nameOf: NameOf): string[] {
  return [
    `The request and the secret are right, but the receiver rejected it. Give the value that it computed with ${nameOf('computed')}, and the mistake is named.`,
  ];
}

interface OpenSource extends Omit<ReadyVerify, 'diagnose'> {
  /** Whether the receiver rejected the request, which was no forgery. */
  readonly wasRejected: boolean;
  readonly capture: Capture;
}

async function openSource(request: VerifyRequest, options: VerifyValues, io: World): Promise<OpenSource> {
  const { project, provider: named, source, sayProvider } = request;
  const entry = typeof source === 'string' ? keptSource(source, project, io) : null;
  if (entry) return openKept(entry, request, options, io);
  const others = () => allProviders(project);
  const capture =
    source instanceof Uint8Array
      ? await readCapturedRequest(source, { provider: named, source: options.nameOf('capture'), options, others })
      : typeof source === 'object'
        ? source
        : await readVerifyInput(named, source, { options, others, io });
  const provider = named ?? recognizeSender(capture.request, project, sayProvider);
  const notes = named ? [] : [`Recognized as a request of ${provider.title} (${provider.name}) by its signature.`];
  return {
    provider,
    secrets: await projectSecrets({ project, provider, options }, io),
    capture,
    notes,
    wasRejected: false,
  };
}

async function openKept(
  entry: LogEntry,
  { project, provider: named }: VerifyRequest,
  options: VerifyValues,
  io: World,
): Promise<OpenSource> {
  const { nameOf } = options;
  if (options.body !== undefined || options.entry !== undefined) {
    const name = nameOf(options.body === undefined ? 'entry' : 'body');
    throw new UsageError('CONFLICT', `${name} is for a file, and this is a delivery of the log. Give one of them.`);
  }
  const provider = named ?? providerOfKept(entry, project);
  const secrets = await projectSecrets({ project, provider, options, target: entry.target }, io);
  const headers = (options.header ?? []).map((text) => readHeader(text, nameOf('header')));
  const isNamed = entry.target !== null && targetConfig(project.config, entry.target) !== undefined;
  const addressNow = isNamed ? chooseTarget(project, { to: entry.target!, nameOf }).urlFor(entry) : undefined;
  const found = await keptCapture(entry, { provider, secrets, addressNow, given: headers, nameOf });
  const capture = withHeaders(found, headers);
  const what = `${entry.provider} ${entry.event}${entry.forge === null ? '' : `, forged (${entry.forge})`}`;
  const when = options.now === undefined ? ', and verified as of then' : '';
  const notes = [
    `Delivery ${keyOf(entry)} of the log (${what}), sent at ${new Date(capture.at!).toISOString()}${when}.`,
  ];
  const wasRejected = entry.outcome === 'rejected' && entry.forge === null;
  return { provider, secrets, capture, notes, wasRejected };
}

/** The secrets of the provider's variables that were not chosen: an old one may be among them. */
function otherSecrets(provider: Provider, chosen: readonly Secret[], env: World['env']): Secret[] {
  return secretVariables(provider).flatMap((name) => {
    const value = env[name];
    return value && !chosen.some((secret) => secret.value === value)
      ? [{ value, source: `env:${name}`, isSample: false }]
      : [];
  });
}
