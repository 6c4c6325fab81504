import { randomFrom, seededRandom } from '../core/random.js';
import type { RunEnded } from '../core/run.js';
import { parseTarget } from '../core/target.js';
import { builtInProviders, findProvider } from '../providers/registry.js';
import { planDeliveries } from '../simulate/plan.js';
import { simulate } from '../simulate/simulate.js';
import { Transport } from '../transport/transport.js';
import { selectEvents } from './events.js';
import { exitCodeOf } from './exitCode.js';
import type { Io } from './io.js';
import { readOwnBody } from './ownBody.js';
import { planEvents } from './planEvents.js';
import { chooseReporter } from './reporters.js';
import { resolveSecrets } from './secretFlag.js';
import type { SendFlags } from './sendCommand.js';
import { readSendFlags } from './sendSettings.js';
import { sendTalk } from './talk.js';
import { openTarget } from './target.js';

/** Runs `send`; resolves with the exit code. */
export async function send(providerName: string, eventNames: string[], flags: SendFlags, io: Io): Promise<number> {
  const provider = findProvider(providerName, builtInProviders);
  const events = selectEvents(provider, eventNames, flags);
  const settings = readSendFlags(flags);
  const address = parseTarget(flags.to ?? 'demo', ['demo']);
  const own = await readOwnBody(flags, io);
  const secrets = await resolveSecrets(flags.secret, provider, io);
  const talk = sendTalk(io, flags.quiet === true);
  const target = await openTarget(address, provider, secrets, talk);
  try {
    const planned = await planEvents({
      provider,
      events,
      variant: flags.variant ?? null,
      settings,
      own,
      secrets,
      url: target.url,
    });
    const deliveries = planDeliveries({
      events: planned,
      count: settings.count,
      fresh: settings.fresh,
      random: settings.seed === null ? randomFrom(io.entropy(16)) : seededRandom(settings.seed),
      now: settings.now === null ? io.clock.now : () => settings.now!,
    });
    talk.start(provider, target, secrets);
    const reporter = await chooseReporter(flags, io, planned.length * settings.count);
    let summary: RunEnded | undefined;
    for await (const event of simulate({
      deliveries,
      transport: new Transport(),
      clock: io.clock,
      concurrency: settings.concurrency,
      timeLimitMs: settings.timeLimitMs,
      expect: settings.expect,
      signal: io.interrupted,
    })) {
      reporter.event(event);
      if (event.type === 'delivery') talk.ended(event, provider, secrets);
      else summary = event;
    }
    talk.end(target);
    return exitCodeOf(summary!, io.interrupted.reason);
  } finally {
    await target.close();
  }
}
