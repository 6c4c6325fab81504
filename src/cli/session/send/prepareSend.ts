import type { Filling } from '../../../config/address.js';
import type { Project } from '../../../config/project.js';
import { type ChosenTarget, targetHeaders } from '../../../config/target.js';
import type { Header } from '../../../core/delivery.js';
import { UsageError } from '../../../core/errors.js';
import type { Forgery } from '../../../core/forgery.js';
import type { Provider } from '../../../core/provider.js';
import { randomFrom, seededRandom } from '../../../core/random.js';
import type { Route } from '../../../core/route.js';
import type { Secret } from '../../../core/secret.js';
import { findForgery } from '../../../forge/findForgery.js';
import { type PlannedDeliveries, planDeliveries } from '../../../simulate/plan.js';
import type { Io } from '../../io/io.js';
import type { SendFlags } from '../../options/flags/send.js';
import { readSendFlags, type SendSettings } from '../../options/sendSettings.js';
import { editPayload } from '../../prompts/editPayload.js';
import type { ReadyHandshake } from '../handshake/prepareHandshakes.js';
import { readOwnBody } from '../project/ownBody.js';
import { ownHeaders, timeLimitOf } from '../project/projectFlags.js';
import { projectRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/projectSecrets.js';
import { publicUrlNotes } from '../project/publicUrlNotes.js';
import { historyWarning, secretWarnings, variableWarning } from '../project/secretWarnings.js';
import { planEvents } from './planEvents.js';
import type { ReadyRetry } from './readyRetry.js';

/** A run that is ready: everything that can be wrong with the command has been found out. */
export interface Prepared {
  readonly project: Project;
  readonly provider: Provider;
  readonly settings: SendSettings;
  readonly secrets: readonly Secret[];
  readonly target: ChosenTarget;
  readonly route: Route;
  /** Null where nothing is tried again. */
  readonly retry: ReadyRetry | null;
  /** The user's own headers, those of the target among them. */
  readonly headers: readonly Header[];
  /** What comes before the first delivery. */
  readonly handshakes: readonly ReadyHandshake[];
  /** What is odd about the command, though it is carried out. */
  readonly warnings: readonly string[];
  /** The deliveries, made as they are asked for, to the URL of each event; how many there are. */
  readonly deliveriesTo: (urlFor: UrlFor, chosen?: Chosen) => Promise<{ deliveries: PlannedDeliveries; total: number }>;
}

/** What deliveries are made of in place of what the flags say. */
export interface Chosen {
  readonly events?: readonly string[];
  readonly variant?: string | null;
  readonly forgery?: Forgery | null;
}

/** The URL for one event. */
export type UrlFor = (filling: Filling) => string;

/** What a send is about. */
export interface SendRequest {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly project: Project;
  readonly target: ChosenTarget;
  /** Headers whose values came from the environment and are secret whatever their names; they replace the target's. */
  readonly secretHeaders?: readonly Header[];
}

/** Reads all that the flags name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareSend(request: SendRequest, flags: SendFlags, io: Io): Promise<Prepared> {
  const { provider, events, project, target, secretHeaders = [] } = request;
  const scope = { provider, target: target.name };
  const settings = { ...readSendFlags(flags), timeLimitMs: timeLimitOf(project, flags, scope) };
  const forgery = flags.forge === undefined ? null : findForgery(flags.forge);
  const own = ownHeaders(targetHeaders(target, project), [...settings.headers, ...secretHeaders]);
  const headers = own.headers;
  const secretNames = [...own.secretNames, ...secretHeaders.map(([name]) => name.toLowerCase())];
  const route = await projectRoute({ project, target, flags }, io);
  const body = await readOwnBody(flags, io);
  if (settings.fault?.kind === 'cut-body' && body && body.bytes.length < 2) {
    throw new UsageError('BAD_FAULT', `--fault cut-body: ${body.source} has no middle; it is too short.`);
  }
  const retry = settings.retry && (await import('./readyRetry.js')).readyRetry(settings.retry, provider);
  const secrets = await projectSecrets({ ...scope, project, flags }, io);
  const handshakes = flags.handshake
    ? await (await import('../handshake/prepareHandshakes.js')).prepareHandshakes(
        { ...settings, provider, names: [], project, target, secrets },
        io,
      )
    : [];
  const plain = { edits: settings.edits, edited: undefined };
  const { edits, edited } = flags.edit
    ? await editPayload({ provider, events, variant: flags.variant ?? null, edits: settings.edits }, io)
    : plain;
  const deliveriesTo = async (urlFor: UrlFor, chosen: Chosen = {}) => {
    const planned = await planEvents({
      provider,
      events,
      variant: flags.variant ?? null,
      settings: { ...settings, edits },
      own: body,
      edited,
      secrets,
      urlFor: (event) => urlFor({ provider: provider.name, event }),
      publicUrlFor: (event) => target.publicUrlFor?.({ provider: provider.name, event }),
      headers,
      secretNames,
      forgery,
      ...chosen,
    });
    const deliveries = planDeliveries({
      events: planned,
      count: settings.count,
      fresh: settings.fresh,
      random: settings.seed === null ? randomFrom(io.entropy(16)) : seededRandom(settings.seed),
      now: settings.now === null ? io.clock.now : () => settings.now!,
    });
    return { deliveries, total: planned.length * settings.count };
  };
  const warnings = [
    ...secretWarnings(secrets, provider),
    ...publicUrlNotes([provider], flags),
    historyWarning(flags, target, route),
    variableWarning(flags, project.env),
  ].filter((line) => line !== null);
  return { project, provider, settings, secrets, target, route, retry, headers, handshakes, warnings, deliveriesTo };
}
