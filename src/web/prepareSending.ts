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

/** A send that the page asks for, ready to go. */
export interface ReadySending {
  readonly provider: Provider;
  readonly event: string;
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly prepared: Prepared;
  readonly options: SendValues;
  readonly asked: SendRequestBody;
}

/** Reads what a request asks for. Throws a RequestProblem. */
export function readSendRequest(body: Readonly<Record<string, unknown>>): SendRequestBody {
  const asked = readFields(body, {
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
  assertField(asked.provider, 'provider');
  assertField(asked.event, 'event');
  return asked as unknown as SendRequestBody;
}

/** Makes ready what the page wants to send. Throws a UsageError for the first thing that is wrong. */
export async function prepareSending(
  asked: SendRequestBody,
  { io, project: open }: Pick<PageServices, 'io' | 'project'>,
  { signal, isPreview = false }: { readonly signal?: AbortSignal; readonly isPreview?: boolean } = {},
): Promise<ReadySending & { readonly world: World & { readonly notes: string[] } }> {
  const opened = withMode(await open(), asked.mode, 'mode');
  const provider = findProvider(asked.provider, opened);
  const event = selectEvent(provider, asked.event);
  const { project, secret } = choosePageSecret(opened, provider, readSecretChoice(asked.secret));
  const target = choosePageTarget(project, asked.target);
  if (asked.payload !== undefined && asked.raw !== undefined) {
    throw new UsageError('CONFLICT', 'payload and raw are two bodies. Give one of them.');
  }
  if ((asked.count ?? 1) > maxCount) {
    throw new UsageError(
      'BAD_COUNT',
      `The page sends at most ${maxCount} at once. Send more of them by the command line.`,
    );
  }
  const { speed, delays } = (asked.retry ?? {}) as { readonly speed?: string; readonly delays?: string };
  const given = readOptions(
    sendOptions,
    {
      to: asked.target,
      secret,
      timeout: asked.timeout,
      variant: asked.variant,
      exact: asked.exact || undefined,
      header: asked.headers?.length ? asked.headers : undefined,
      forge: asked.forge,
      count: asked.count,
      seed: asked.seed,
      raw: asked.raw === undefined ? undefined : '-',
      edit: asked.payload === undefined ? undefined : true,
      ...(asked.retry && { retry: delays === undefined ? true : undefined, speed, schedule: delays }),
    },
    pageName,
  );
  const options = withRoute<SendValues>(
    { ...given, ...(asked.now !== undefined && { now: asked.now }) },
    project,
    target,
  );
  const world = silentWorld(io, {
    ...(signal && { signal }),
    ...(asked.raw !== undefined && { input: Buffer.from(asked.raw) }),
  });
  const edited = asked.payload === undefined ? undefined : readPayloadText(asked.payload, provider);
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
    if (asked.forge !== undefined) assertLocalTarget(target, prepared.route, { nameOf: pageName });
  }
  return { provider, event, project, target, prepared, options, asked, world };
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
