import type { UrlVariables } from '../../config/address.js';
import type { Project } from '../../config/project.js';
import { type ChosenTarget, targetHeaders } from '../../config/target.js';
import type { Header, ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Forgery } from '../../core/forgery.js';
import type { Provider } from '../../core/provider.js';
import { randomFrom, seededRandom } from '../../core/random.js';
import type { NamedRoute } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { findForgery } from '../../forge/forgeries.js';
import type { Json } from '../../json/value.js';
import type { SendValues } from '../../options/send.js';
import type { Edit } from '../../payloads/edit.js';
import type { OwnBody } from '../../payloads/prepare.js';
import { type PlannedDeliveries, planDeliveries } from '../../simulate/plan.js';
import type { ReadyHandshake } from '../handshake/prepareHandshakes.js';
import { readOwnBody } from '../project/ownBody.js';
import { timeLimitOf, withTargetHeaders } from '../project/projectOptions.js';
import { projectRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/readSecret.js';
import { historyWarning, publicUrlNotes, secretWarnings, variableWarning } from '../project/secretWarnings.js';
import { type PlannedEvents, planEvents } from './planEvent.js';
import type { ResolvedRetry } from './resolveRetry.js';
import { type SendSettings, sendSettings } from './sendSettings.js';

/** A run that is ready: everything that can be wrong with the command has been found out. */
export interface Prepared {
  readonly project: Project;
  readonly provider: Provider;
  readonly settings: SendSettings;
  readonly secrets: readonly Secret[];
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  /** Whether a captured request is replayed verbatim, without signing. */
  readonly isReplay: boolean;
  /** Null where nothing is tried again. */
  readonly retry: ResolvedRetry | null;
  /** The user's own headers, those of the target among them. */
  readonly headers: readonly Header[];
  /** Sent before the first delivery. */
  readonly handshakes: readonly ReadyHandshake[];
  /** Warnings, which do not stop the command. */
  readonly warnings: readonly string[];
  readonly eventsTo: (urlFor: UrlFor, chosen?: ChosenContent) => Promise<PlannedEvents>;
  readonly deliveriesTo: (urlFor: UrlFor, chosen?: ChosenContent) => Promise<ReadyDeliveries>;
}

/** The deliveries, each built when it is pulled for the URL of its event; with their number and notes. */
export interface ReadyDeliveries {
  readonly deliveries: PlannedDeliveries;
  readonly total: number;
  readonly notes: readonly string[];
}

/** Contents of deliveries in place of those of the options. */
export interface ChosenContent {
  readonly events?: readonly string[];
  readonly variant?: string | null;
  readonly forgery?: Forgery | null;
}

/** The URL for one event. */
export type UrlFor = (filling: UrlVariables) => string;

/** The events to send, and their target. */
export interface SendRequest {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly project: Project;
  readonly target: ChosenTarget;
  /** Headers whose values came from the environment and are secret whatever their names; they replace the target's. */
  readonly secretHeaders?: readonly Header[];
  /** Lets a person edit the sample, where the options ask for it. */
  readonly edit?: EditSample;
  /** The request that is sent in place of the sample of the only event. */
  readonly captured?: ReceivedRequest;
}

/** Lets a person edit the sample of the only event: returns it or the body in its place, and the edits left for each delivery. */
export type EditSample = (sample: {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly variant: string | null;
  readonly edits: readonly Edit[];
  /** In place of the sample that ships. */
  readonly sample?: Json | undefined;
}) => Promise<{ readonly edited?: Json; readonly own?: OwnBody; readonly edits: readonly Edit[] }>;

/** Reads all that the options name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareSend(request: SendRequest, options: SendValues, io: World): Promise<Prepared> {
  const { provider, events, project, target, secretHeaders = [], edit, captured } = request;
  const scope = { provider, target: target.name };
  const settings = { ...sendSettings(options), timeLimitMs: timeLimitOf(project, options, scope) };
  const forgery = options.forge === undefined ? null : findForgery(options.forge);
  const own = withTargetHeaders(targetHeaders(target, project), [...settings.headers, ...secretHeaders]);
  const headers = own.headers;
  const secretNames = [...own.secretNames, ...secretHeaders.map(([name]) => name.toLowerCase())];
  const route = await projectRoute({ project, target, options }, io);
  const use = { provider, event: events[0]!, exact: options.exact === true, isEdited: settings.edits.length > 0 };
  const source = captured && (await import('./capturedContent.js')).capturedContent(captured, use);
  const body = source ? source.own : await readOwnBody(options, io);
  if (settings.fault?.kind === 'cut-body' && body && body.bytes.length < 2) {
    throw new UsageError(
      'BAD_FAULT',
      `${options.nameOf('fault')} cut-body: ${body.source} has no middle; it is too short.`,
    );
  }
  const retry =
    settings.retry &&
    (await import('./resolveRetry.js')).resolveRetry(settings.retry, provider, events, options.nameOf);
  const secrets = await projectSecrets({ ...scope, project, options }, io);
  const handshakes = options.handshake
    ? await (await import('../handshake/prepareHandshakes.js')).prepareHandshakes(
        { ...settings, provider, names: [], project, target, secrets, options },
        io,
      )
    : [];
  const plain = { edits: settings.edits, edited: undefined, own: undefined };
  const {
    edits,
    edited,
    own: editedBody,
  } = options.edit && edit
    ? await edit({ provider, events, variant: options.variant ?? null, edits: settings.edits, sample: source?.sample })
    : plain;
  const eventsTo = async (urlFor: UrlFor, chosen: ChosenContent = {}): Promise<PlannedEvents> => {
    const replay = source?.replay?.({
      url: urlFor({ provider: provider.name, event: events[0]! }),
      headers,
      secretNames,
    });
    if (replay) return { events: [replay], notes: [] };
    return planEvents({
      provider,
      events,
      variant: options.variant ?? null,
      settings: { ...settings, edits },
      own: body ?? editedBody,
      edited,
      sample: source?.sample,
      secrets,
      urlFor: (event) => urlFor({ provider: provider.name, event }),
      publicUrlFor: (event) => target.publicUrlFor?.({ provider: provider.name, event }),
      headers,
      secretNames,
      forgery,
      ...chosen,
    });
  };
  const deliveriesTo = async (urlFor: UrlFor, chosen?: ChosenContent) => {
    const { events: planned, notes } = await eventsTo(urlFor, chosen);
    const deliveries = planDeliveries({
      events: planned,
      count: settings.count,
      fresh: settings.fresh,
      random: settings.seed === null ? randomFrom(io.entropy(16)) : seededRandom(settings.seed),
      now: settings.now === null ? io.clock.now : () => settings.now!,
    });
    return { deliveries, total: planned.length * settings.count, notes };
  };
  const warnings = [
    ...secretWarnings(secrets, provider),
    ...publicUrlNotes([provider], options),
    historyWarning(options, target, route, io),
    variableWarning(options, project.env, io),
  ].filter((line) => line !== null);
  const isReplay = source?.replay !== undefined;
  return {
    project,
    provider,
    settings,
    secrets,
    target,
    route,
    isReplay,
    retry,
    headers,
    handshakes,
    warnings,
    eventsTo,
    deliveriesTo,
  };
}
