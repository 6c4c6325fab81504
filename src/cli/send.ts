import type { Filling } from '../config/address.js';
import type { Project } from '../config/project.js';
import { type ChosenTarget, chooseTarget, targetHeaders } from '../config/target.js';
import type { Provider } from '../core/provider.js';
import { randomFrom, seededRandom } from '../core/random.js';
import type { Route } from '../core/route.js';
import type { Secret } from '../core/secret.js';
import { findForgery } from '../forge/findForgery.js';
import { type PlannedDelivery, planDeliveries } from '../simulate/plan.js';
import { editPayload } from './editPayload.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { readOwnBody } from './ownBody.js';
import { planEvents } from './planEvents.js';
import { preview } from './preview.js';
import { loadProject } from './project.js';
import { ownHeaders, timeLimitOf, withReport } from './projectFlags.js';
import { projectRoute, withRoute } from './projectRoute.js';
import { projectSecrets } from './projectSecrets.js';
import { runSend } from './runSend.js';
import { historyWarning, secretWarnings } from './secretWarnings.js';
import type { SendFlags } from './sendCommand.js';
import { readSendFlags, type SendSettings } from './sendSettings.js';
import { whatToSend } from './whatToSend.js';

/** A run that is ready: everything that can be wrong with the command has been found out. */
export interface Prepared {
  readonly provider: Provider;
  readonly settings: SendSettings;
  readonly secrets: readonly Secret[];
  readonly target: ChosenTarget;
  readonly route: Route;
  /** What is odd about the command, though it is carried out. */
  readonly warnings: readonly string[];
  /** The deliveries, made as they are asked for, to the URL of each event; how many there are. */
  readonly deliveriesTo: (urlFor: UrlFor) => Promise<{ deliveries: Iterable<PlannedDelivery>; total: number }>;
}

/** The URL for one event. */
export type UrlFor = (filling: Filling) => string;

/** Where deliveries that are only shown would go when no target is named. */
const shownUrl = 'http://localhost:3000/';

/** Runs `send`; resolves with the exit code. */
export async function send(
  providerName: string | undefined,
  eventNames: readonly string[],
  typed: SendFlags,
  io: Io,
): Promise<number> {
  const what = await whatToSend(providerName, eventNames, typed, io);
  if (what === null) return exitCodes.sigint;
  const { provider, events } = what;
  const project = await loadProject(typed, io);
  const target = chooseTarget(project, typed);
  const flags = withRoute(withReport(typed, project), project, target);
  const prepared = await prepare({ provider, events, project, target }, flags, io);
  if (!flags.quiet) for (const line of prepared.warnings) io.stderr.write(`${line}\n`);
  if (flags.dryRun || flags.curl) return show(prepared, flags, io);
  return runSend(prepared, flags, io);
}

interface Chosen {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly project: Project;
  readonly target: ChosenTarget;
}

async function prepare(chosen: Chosen, flags: SendFlags, io: Io): Promise<Prepared> {
  const { provider, events, project, target } = chosen;
  const scope = { provider, target: target.name };
  const settings = { ...readSendFlags(flags), timeLimitMs: timeLimitOf(project, flags, scope) };
  const forgery = flags.forge === undefined ? null : findForgery(flags.forge);
  const { headers, secretNames } = ownHeaders(targetHeaders(target, project), settings.headers);
  const route = await projectRoute({ project, target, flags }, io);
  const own = await readOwnBody(flags, io);
  const secrets = await projectSecrets({ ...scope, project, flags }, io);
  const plain = { edits: settings.edits, edited: undefined };
  const { edits, edited } = flags.edit
    ? await editPayload({ provider, events, variant: flags.variant ?? null, edits: settings.edits }, io)
    : plain;
  const deliveriesTo = async (urlFor: UrlFor) => {
    const planned = await planEvents({
      provider,
      events,
      variant: flags.variant ?? null,
      settings: { ...settings, edits },
      own,
      edited,
      secrets,
      urlFor: (event) => urlFor({ provider: provider.name, event }),
      headers,
      secretNames,
      forgery,
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
  const warnings = [...secretWarnings(secrets, provider), historyWarning(flags, target)].filter(
    (line) => line !== null,
  );
  return { provider, settings, secrets, target, route, warnings, deliveriesTo };
}

async function show({ target, route, deliveriesTo }: Prepared, flags: SendFlags, io: Io): Promise<number> {
  const { deliveries } = await deliveriesTo(target.address === null ? () => shownUrl : target.urlFor);
  await preview(deliveries, route, flags, io);
  if (!flags.quiet) io.stderr.write('Nothing was sent.\n');
  return exitCodes.ok;
}
