import type { Provider } from '../core/provider.js';
import { randomFrom, seededRandom } from '../core/random.js';
import type { Secret } from '../core/secret.js';
import { demoTarget, parseTarget } from '../core/target.js';
import { findForgery } from '../forge/findForgery.js';
import { builtInProviders, findProvider } from '../providers/registry.js';
import { type PlannedDelivery, planDeliveries } from '../simulate/plan.js';
import { selectEvents } from './events.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { readOwnBody } from './ownBody.js';
import { planEvents } from './planEvents.js';
import { preview } from './preview.js';
import { runSend } from './runSend.js';
import { resolveSecrets } from './secretFlag.js';
import type { SendFlags } from './sendCommand.js';
import { readSendFlags, type SendSettings } from './sendSettings.js';

/** A run that is ready: everything that can be wrong with the command has been found out. */
export interface Prepared {
  readonly provider: Provider;
  readonly settings: SendSettings;
  readonly secrets: readonly Secret[];
  readonly address: { name: string } | { url: string };
  /** The deliveries to a URL, made as they are asked for; how many there are. */
  readonly deliveriesTo: (url: string) => Promise<{ deliveries: Iterable<PlannedDelivery>; total: number }>;
}

/** Where deliveries that are only shown would go when no target is named. */
const shownUrl = 'http://localhost:3000/';

/** Runs `send`; resolves with the exit code. */
export async function send(providerName: string, eventNames: string[], flags: SendFlags, io: Io): Promise<number> {
  const prepared = await prepare(providerName, eventNames, flags, io);
  if (flags.dryRun || flags.curl) return show(prepared, flags, io);
  return runSend(prepared, flags, io);
}

async function prepare(providerName: string, eventNames: string[], flags: SendFlags, io: Io): Promise<Prepared> {
  const provider = findProvider(providerName, builtInProviders);
  const events = selectEvents(provider, eventNames, flags);
  const settings = readSendFlags(flags);
  const forgery = flags.forge === undefined ? null : findForgery(flags.forge);
  const address = parseTarget(flags.to ?? demoTarget, [demoTarget]);
  const own = await readOwnBody(flags, io);
  const secrets = await resolveSecrets(flags.secret, provider, io);
  const deliveriesTo = async (url: string) => {
    const planned = await planEvents({
      provider,
      events,
      variant: flags.variant ?? null,
      settings,
      own,
      secrets,
      url,
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
  return { provider, settings, secrets, address, deliveriesTo };
}

async function show({ address, deliveriesTo }: Prepared, flags: SendFlags, io: Io): Promise<number> {
  const { deliveries } = await deliveriesTo('url' in address ? address.url : shownUrl);
  preview(deliveries, flags, io);
  if (!flags.quiet) io.stderr.write('Nothing was sent.\n');
  return exitCodes.ok;
}
