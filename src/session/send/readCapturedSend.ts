import { readCapture } from '../../capture/readCapture.js';
import { repeatedKeyNotes } from '../../capture/repeatedKeyNotes.js';
import type { Project } from '../../config/project.js';
import type { Header, ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import { providerInReceivedMode } from '../../core/providerMode.js';
import type { World } from '../../core/world.js';
import { bodyOpener, openBody } from '../../delivery/openedBody.js';
import { proofHeaderNames } from '../../delivery/recognizeProviders.js';
import type { SendValues } from '../../options/send.js';
import { allProviders, findProvider } from '../../providers/findProvider.js';
import { selectEvent } from '../project/events.js';
import { readNamedInput } from '../project/readInput.js';
import { projectSecrets } from '../project/readSecret.js';
import { recognizeSender } from '../project/recognizeSender.js';
import { keptRequest, keyOf } from '../resend/keptRequest.js';
import { providerOfKept } from '../resend/providerOfKept.js';
import { keptSource } from '../verify/verifyInput.js';
import { findCapturedEvent } from './findCapturedEvent.js';

/** The captured request that a command names. */
export interface CapturedNames {
  readonly project: Project;
  /** Undefined where it is to be recognized. */
  readonly providerName: string | undefined;
  readonly eventNames: readonly string[];
}

/** A captured request that is to be sent, and whose it is. */
export interface CapturedSend {
  readonly provider: Provider;
  readonly event: string;
  readonly request: ReceivedRequest;
  /** Findings, for people. */
  readonly notes: readonly string[];
}

interface FoundRequest {
  readonly request: ReceivedRequest;
  readonly notes: readonly string[];
}

/** Reads the request that `from` names: of a file, of standard input or of the log. Throws a UsageError. */
export async function readCapturedSend(
  { project, providerName, eventNames }: CapturedNames,
  options: SendValues,
  io: World,
): Promise<CapturedSend> {
  const from = options.from!;
  const named = providerName === undefined ? null : findProvider(providerName, project);
  const kept = keptSource(from, project, io);
  const { request, notes } = kept ? readFromLog(kept, options) : await readFromFile(named, options, project, io);
  const shown = from === '-' ? '-' : 'FILE';
  const sayProvider = (name: string) => `webhook-sim send ${name} ${options.nameOf('from')} ${shown}`;
  const sender = named ?? (kept ? providerOfKept(kept, project) : recognizeSender(request, project, sayProvider));
  const provider = providerInReceivedMode(sender, request);
  await openCaptured(provider, request, { project, options, io });
  const event = eventOf(provider, { request, eventNames, kept }, options);
  const whose =
    named || kept ? [] : [`Recognized as a request of ${provider.title} (${provider.name}) by its signature.`];
  return { provider, event, request, notes: [...whose, ...notes.map((note) => `note: ${note}`)] };
}

/** Decrypts the body of a captured request with the current secrets, where a function has to. */
async function openCaptured(
  provider: Provider,
  request: ReceivedRequest,
  { project, options, io }: { readonly project: Project; readonly options: SendValues; readonly io: World },
): Promise<void> {
  if (options.exact || !bodyOpener(provider)) return;
  const secrets = await projectSecrets({ project, provider, options, target: null }, io);
  const values = secrets.map(({ value }) => value);
  await openBody(provider, request, values);
}

async function readFromFile(
  provider: Provider | null,
  { from: path = '-', entry, nameOf }: SendValues,
  project: Project,
  io: World,
): Promise<FoundRequest> {
  const source = path === '-' ? 'Standard input' : path;
  const bytes = await readNamedInput(path, { source, code: 'BAD_CAPTURE' }, io);
  const having = [...new Set((provider ? [provider] : allProviders(project)).flatMap(proofHeaderNames))];
  return readCapture(bytes, { source, entry, having, nameOf: (key) => nameOf(key === 'body' ? 'raw' : key) });
}

function readFromLog(kept: LogEntry, { exact, entry, nameOf }: SendValues): FoundRequest {
  if (entry !== undefined) {
    throw new UsageError('CONFLICT', `${nameOf('entry')} is for a file, and this is a delivery of the log.`);
  }
  const { body } = keptRequest(kept);
  const headers = kept.headers.filter((header): header is Header => typeof header[1] === 'string');
  if (exact && headers.length < kept.headers.length) {
    throw new UsageError(
      'CONFLICT',
      `The log keeps no secret values. To send ${keyOf(kept)} as it was: webhook-sim resend ${keyOf(kept)} ${nameOf('exact')}`,
    );
  }
  return { request: { method: kept.method, url: kept.url, headers, body }, notes: repeatedKeyNotes(body) };
}

/** Sources of the event of a captured request. */
interface EventSources {
  readonly request: ReceivedRequest;
  readonly eventNames: readonly string[];
  readonly kept: LogEntry | null;
}

/** Returns the event that is named, or that the request names. */
function eventOf(
  provider: Provider,
  { request, eventNames, kept }: EventSources,
  { exact, nameOf }: SendValues,
): string {
  const [name, ...more] = eventNames;
  if (more.length > 0) {
    throw new UsageError('CONFLICT', `A captured request is one event. Name one, or none: ${eventNames.join(', ')}.`);
  }
  if (name !== undefined) return selectEvent(provider, name);
  return findCapturedEvent(provider, request, {
    known: kept?.event,
    exact,
    hint: `webhook-sim send ${provider.name} <event> ${nameOf('from')} FILE`,
  });
}
