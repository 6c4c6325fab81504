import type { Project } from '../config/project.js';
import type { ChosenTarget } from '../config/target.js';
import { withMode } from '../config/withMode.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { World } from '../core/world.js';
import { isJson } from '../json/dialect.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import type { Json } from '../json/value.js';
import { readOptions } from '../options/readOptions.js';
import { type SendValues, sendOptions } from '../options/send.js';
import { findProvider } from '../providers/findProvider.js';
import { assertLocalTarget } from '../session/check/checkTarget.js';
import { selectEvent } from '../session/project/events.js';
import { withRoute } from '../session/project/projectRoute.js';
import { silentWorld } from '../session/project/silentWorld.js';
import { type Prepared, prepareSend } from '../session/send/prepareSend.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import {
  choosePageSecret,
  choosePageTarget,
  destinationFields,
  pageName,
  pageOtherWay,
  readSecretChoice,
} from './destination.js';
import type { SendRequestBody } from './protocol.js';
import { assertField, readFields } from './readFields.js';
import type { PageServices } from './services.js';

const maxCount = 1000;

/** A send requested by the page, ready to go. */
export interface ReadySending {
  readonly provider: Provider;
  readonly event: string;
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly prepared: Prepared;
  readonly options: SendValues;
  readonly request: SendRequestBody;
}

/** Reads the body of a request. Throws a RequestProblem. */
export function readSendRequest(body: Readonly<Record<string, unknown>>): SendRequestBody {
  const request = readFields(body, {
    ...destinationFields,
    provider: 'text',
    event: 'text',
    variant: 'text',
    payload: 'text',
    raw: 'text',
    exact: 'truth',
    headers: 'texts',
    forge: 'text',
    count: 'number',
    retry: 'object',
    seed: 'number',
    now: 'number',
  } as const);
  assertField(request.provider, 'provider');
  assertField(request.event, 'event');
  return request as unknown as SendRequestBody;
}

/** Makes ready what the page wants to send. Throws a UsageError for the first thing that is wrong. */
export async function prepareSending(
  request: SendRequestBody,
  { io, project: open }: Pick<PageServices, 'io' | 'project'>,
  { signal, isPreview = false }: { readonly signal?: AbortSignal; readonly isPreview?: boolean } = {},
): Promise<ReadySending & { readonly world: World & { readonly notes: string[] } }> {
  const opened = withMode(await open(), request.mode, 'mode');
  const provider = findProvider(request.provider, opened);
  const event = selectEvent(provider, request.event);
  const { project, secret } = choosePageSecret(opened, provider, readSecretChoice(request.secret));
  const target = choosePageTarget(project, request.target);
  if (request.payload !== undefined && request.raw !== undefined) {
    throw new UsageError('CONFLICT', 'payload and raw are two bodies. Give one of them.');
  }
  if ((request.count ?? 1) > maxCount) {
    throw new UsageError(
      'BAD_COUNT',
      `The page sends at most ${maxCount} at once. Send more of them by the command line.`,
    );
  }
  const { speed, delays } = (request.retry ?? {}) as { readonly speed?: string; readonly delays?: string };
  const given = readOptions(
    sendOptions,
    {
      to: request.target,
      secret,
      timeout: request.timeout,
      variant: request.variant,
      exact: request.exact || undefined,
      header: request.headers?.length ? request.headers : undefined,
      forge: request.forge,
      count: request.count,
      seed: request.seed,
      raw: request.raw === undefined ? undefined : '-',
      edit: request.payload === undefined ? undefined : true,
      ...(request.retry && { retry: delays === undefined ? true : undefined, speed, schedule: delays }),
    },
    pageName,
  );
  const options = withRoute<SendValues>(
    { ...given, ...(request.now !== undefined && { now: request.now }) },
    project,
    target,
  );
  const world = silentWorld(io, {
    ...(signal && { signal }),
    ...(request.raw !== undefined && { input: Buffer.from(request.raw) }),
  });
  const edited = request.payload === undefined ? undefined : readPayloadText(request.payload, provider);
  const prepared = await prepareSend(
    {
      provider,
      events: [event],
      project,
      target,
      edit: async ({ edits }) => ({ ...(edited !== undefined && { edited }), edits }),
    },
    options,
    world,
  );
  if (!isPreview && target.address !== null) {
    assertOwnTarget(project, target, prepared.route, {
      urls: [target.urlFor({ provider: provider.name, event })],
      otherWay: pageOtherWay,
    });
    if (request.forge !== undefined) assertLocalTarget(target, prepared.route, { nameOf: pageName });
  }
  return { provider, event, project, target, prepared, options, request, world };
}

/** The payload that was edited. Throws a UsageError where it can't be read. */
export function readPayloadText(text: string, { dialect, title }: Pick<Provider, 'dialect' | 'title'>): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    if (!isJson(dialect)) return text;
    throw new UsageError('BAD_DATA', `The payload is not JSON, which ${title} sends: ${error.message}.`, {
      hint: 'Correct it, or send it byte for byte.',
    });
  }
}
