import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { loadProviderAt } from '../../config/loadProviders.js';
import type { Project } from '../../config/project.js';
import { chooseTarget } from '../../config/target.js';
import type { ReceivedRequest } from '../../core/delivery.js';
import { type NameOf, UsageError } from '../../core/errors.js';
import type { Incoming } from '../../core/listened.js';
import type { Provider } from '../../core/provider.js';
import { isLoopback } from '../../core/target.js';
import type { World } from '../../core/world.js';
import { splitCredentials } from '../../delivery/source.js';
import { diagnoseSignature } from '../../diagnose/diagnoseSignature.js';
import { createFolders } from '../../history/logFolder.js';
import { AnswerPlan, parseAnswerScript } from '../../listen/answerPlan.js';
import { forwardTo } from '../../listen/forward.js';
import type { KnownSender } from '../../listen/judgeRequest.js';
import type { ListenerOptions } from '../../listen/requestListener.js';
import type { ListenValues } from '../../options/listen.js';
import { allProviders, findProvider } from '../../providers/findProvider.js';
import { Transport } from '../../transport/transport.js';
import { parseSignedUrl } from '../project/parseSignedUrl.js';
import { projectSecrets } from '../project/readSecret.js';
import { findSenders } from '../project/recognizeSender.js';

const defaultPort = 4400;
/** The default time limit, in milliseconds. */
const defaultWaitMs = 60_000;
/** The time limit for the answer to a forwarded request, in milliseconds. */
const forwardLimitMs = 30_000;
/** By which a signed time may be off, as most receivers have it. */
const toleranceMs = 300_000;
const maxAnswerBytes = 1024 * 1024;

const mediaTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** A listener that is ready to be opened. */
export interface ReadyListen {
  readonly host: string;
  readonly port: number;
  /** The provider that is named, with its secrets; null where each request is recognized. */
  readonly sender: KnownSender | null;
  /** The sender that is judged; null where none is. */
  readonly expected: KnownSender | null;
  readonly listener: Omit<ListenerOptions, 'onListened'>;
  /** The target of forwarded requests; null where none are forwarded. */
  readonly forwardsTo: string | null;
  /** The folder that keeps each request; null where none does. */
  readonly saveTo: string | null;
  /** Names or patterns of the events that end it. */
  readonly until: readonly string[];
  readonly count: number | null;
  readonly timeoutMs: number | null;
  /** Names an option as the user writes it. */
  readonly nameOf: NameOf;
  close(): void;
}

interface ListenRequest {
  readonly project: Project;
  /** Null where each request is recognized. */
  readonly provider: string | null;
}

/** Reads all that is named. Throws a UsageError for the first thing that is wrong. */
export async function prepareListen(
  { project, provider: name }: ListenRequest,
  options: ListenValues,
  io: World,
): Promise<ReadyListen> {
  const { nameOf } = options;
  assertNoConflicts(options);
  const senderOf = async (provider: Provider): Promise<KnownSender> => ({
    provider,
    secrets: await projectSecrets({ project, provider, options, target: null }, io),
  });
  const expected =
    options.expectSender === undefined ? null : await senderOf(await expectedProvider(options, project, io));
  const named = name === null ? null : await senderOf(findProvider(name, project));
  if (expected && named && expected.provider.name !== named.provider.name) {
    throw new UsageError(
      'CONFLICT',
      `${named.provider.name} and ${nameOf('expectSender')} ${expected.provider.name} are two senders. Name one of them.`,
    );
  }
  const sender = expected ?? named;
  if (sender === null && options.secret !== undefined) {
    throw new UsageError('CONFLICT', `${nameOf('secret')}: of which provider? Write webhook-sim listen <provider>.`);
  }
  const { transport, url: forwardsTo, credentials } = readForward(project, options);
  io.secrets.add(credentials.map(([, value]) => value));
  const known = new Map<string, Promise<KnownSender>>();
  const remembered = (provider: Provider) => {
    const found = known.get(provider.name) ?? senderOf(provider);
    known.set(provider.name, found);
    return found;
  };
  const providers = allProviders(project);
  const { until = [], count = null } = options;
  const waits = until.length > 0 || count !== null;
  return {
    nameOf,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? defaultPort,
    sender,
    expected,
    forwardsTo,
    saveTo: options.save === undefined ? null : createFolder(resolve(io.cwd, options.save), options),
    until,
    count,
    timeoutMs: options.timeout ?? (waits ? defaultWaitMs : null),
    listener: {
      knowledge: {
        sendersOf: sender
          ? async () => [sender]
          : (request: ReceivedRequest) => Promise.all(findSenders(request, project).map(remembered)),
        addresses: options.publicUrl === undefined ? [] : [parseSignedUrl(options.publicUrl, nameOf('publicUrl'))],
      },
      plan: new AnswerPlan(
        options.script === undefined ? [] : parseAnswerScript(options.script, nameOf('script')),
        options.status === undefined ? null : { is: 'status', status: options.status },
      ),
      answer: readAnswer(options, io),
      rejects: options.reject === true,
      delayMs: options.delay ?? 0,
      forward:
        forwardsTo === null
          ? null
          : (request) => forwardTo({ url: forwardsTo, credentials, timeLimitMs: forwardLimitMs }, transport, request),
      diagnose: (request, each) => diagnose(request, each, providers, options),
      sleep: (ms) => io.clock.sleep(ms),
      now: io.clock.now,
    },
    close: () => transport.close(),
  };
}

function assertNoConflicts(options: ListenValues): void {
  const { forward, status, answer, reject, report, expectSender, host, nameOf } = options;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (forward !== undefined && (status !== undefined || answer !== undefined || reject)) {
    const other = status !== undefined ? 'status' : answer !== undefined ? 'answer' : 'reject';
    throw conflict(
      `${nameOf('forward')} hands back the answer of its target, and ${nameOf(other)} is another one. Leave one out.`,
    );
  }
  if (reject && status !== undefined) {
    throw conflict(`${nameOf('reject')} and ${nameOf('status')} are two answers to one request. Leave one out.`);
  }
  if (report !== undefined && expectSender === undefined) {
    throw conflict(`${nameOf('report')} is of a sender that is judged. Add ${nameOf('expectSender')} <provider>.`);
  }
  if (host?.trim() === '')
    throw new UsageError('BAD_HOST', `${nameOf('host')} is empty. Write an address, such as 0.0.0.0.`);
}

async function expectedProvider(options: ListenValues, project: Project, io: World): Promise<Provider> {
  const text = options.expectSender!;
  const isFile = /[/\\]|\.(ya?ml|json|[cm]?[jt]s)$/.test(text);
  if (!isFile) return findProvider(text, project);
  const path = resolve(io.cwd, text);
  if (existsSync(path)) return loadProviderAt(path, io.cwd);
  throw new UsageError(
    'NO_FILE',
    `${options.nameOf('expectSender')}: there is no file ${text}. Name a provider, or its provider.yaml.`,
  );
}

function readForward(project: Project, options: ListenValues) {
  const { forward, nameOf } = options;
  const transport = new Transport({ route: { nameOf } });
  if (forward === undefined) return { transport, url: null, credentials: [] };
  const target = chooseTarget(project, { to: forward, nameOf: (key) => nameOf(key === 'to' ? 'forward' : key) });
  if (target.address === null) {
    throw new UsageError(
      'BAD_TARGET',
      `${nameOf('forward')} demo: the built-in receiver can't be a forward target. Write :3000/webhooks or a URL.`,
    );
  }
  const { url, credentials } = splitCredentials(target.urlFor({ provider: 'provider', event: 'event' }));
  const own = options.port ?? defaultPort;
  const { hostname, port } = new URL(url);
  if (own !== 0 && isLoopback(hostname) && Number(port) === own) {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('forward')} ${hostname}:${port} is where this listens. Name another port.`,
    );
  }
  return { transport, url, credentials };
}

function readAnswer(options: ListenValues, io: World): ListenerOptions['answer'] {
  if (options.answer === undefined) return { headers: [], body: new Uint8Array() };
  const path = resolve(io.cwd, options.answer);
  const what = `${options.nameOf('answer')}: ${options.answer}`;
  try {
    const { size } = statSync(path);
    if (size > maxAnswerBytes) throw new UsageError('LARGE_FILE', `${what} is longer than 1 MiB.`);
    const type = mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
    return { headers: [['Content-Type', type]], body: readFileSync(path) };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError('NO_FILE', `${what} can't be read (${code}). Name a file that holds the body.`, { cause });
  }
}

function createFolder(path: string, { nameOf, save }: ListenValues): string {
  try {
    // In /proc, mkdir of Node tries without end.
    createFolders(path);
    if (!statSync(path).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    accessSync(path, constants.W_OK);
    return path;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(
      'CANT_WRITE',
      `${nameOf('save')}: ${save} can't be written to (${code}). Name a folder that can.`,
      { cause },
    );
  }
}

function diagnose(
  request: Incoming,
  { provider, secrets }: KnownSender,
  providers: readonly Provider[],
  { publicUrl, nameOf }: ListenValues,
) {
  return diagnoseSignature({
    provider,
    providers,
    request: publicUrl === undefined ? request : { ...request, url: publicUrl },
    secrets,
    now: request.at,
    toleranceMs,
    nameOf,
    isLive: true,
  });
}
