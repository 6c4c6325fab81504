import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { builtInProviders, findProvider } from '../providers/registry.js';
import { selectEvents } from './events.js';
import { isInteractive } from './interactive.js';
import type { Io } from './io.js';
import type { SendFlags } from './sendCommand.js';

export interface WhatToSend {
  readonly provider: Provider;
  readonly events: readonly string[];
}

/** What a command line names, and on a terminal what a person is asked for because it does not; null where they leave. */
export async function whatToSend(
  providerName: string | undefined,
  eventNames: readonly string[],
  flags: SendFlags,
  io: Io,
): Promise<WhatToSend | null> {
  const given = providerName === undefined ? null : findProvider(providerName, builtInProviders);
  const lacksEvent = eventNames.length === 0 && !flags.all;
  if ((given && !lacksEvent) || !isInteractive(io)) {
    const provider = given ?? noProvider();
    return { provider, events: selectEvents(provider, eventNames, flags) };
  }
  const { askWhat } = await import('./picker/picker.js');
  const answer = await askWhat(given, lacksEvent, flags.variant, io);
  if (answer === null) return null;
  const { provider, event } = answer;
  return { provider, events: selectEvents(provider, event === null ? eventNames : [event], flags) };
}

function noProvider(): never {
  const names = builtInProviders.map(({ name }) => name).join(', ');
  throw new UsageError('NO_PROVIDER', `Which provider? One of ${names}. See: webhook-sim list`);
}
