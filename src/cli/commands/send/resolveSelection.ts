import { UsageError } from '../../../core/errors.js';
import type { Provider } from '../../../core/provider.js';
import type { SendValues } from '../../../options/send.js';
import { allProviders } from '../../../providers/allProviders.js';
import { findProvider, type KnownProviders } from '../../../providers/findProvider.js';
import { selectEvents } from '../../../session/project/events.js';
import { isInteractive } from '../../io/interactive.js';
import type { Io } from '../../io/io.js';

export interface WhatToSend {
  readonly provider: Provider;
  readonly events: readonly string[];
}

/** What a command line names, and whom it may name. */
interface Named {
  readonly known: KnownProviders;
  readonly providerName: string | undefined;
  readonly eventNames: readonly string[];
}

/** What a command line names, and on a terminal what a person is asked for because it does not; null where they leave. */
export async function resolveSelection(
  { known, providerName, eventNames }: Named,
  options: SendValues,
  io: Io,
): Promise<WhatToSend | null> {
  const given = providerName === undefined ? null : findProvider(providerName, known);
  const lacksEvent = eventNames.length === 0 && !options.all;
  if ((given && !lacksEvent) || !isInteractive(io)) {
    const provider = given ?? noProvider(known);
    return { provider, events: selectEvents(provider, eventNames, options) };
  }
  const { askWhat } = await import('../../prompts/picker.js');
  const answer = await askWhat({ providers: allProviders(known), given, lacksEvent, variant: options.variant }, io);
  if (answer === null) return null;
  const { provider, event } = answer;
  return { provider, events: selectEvents(provider, event === null ? eventNames : [event], options) };
}

function noProvider(known: KnownProviders): never {
  const names = allProviders(known)
    .map(({ name }) => name)
    .join(', ');
  throw new UsageError('NO_PROVIDER', `Which provider? One of ${names}. See: webhook-sim list`);
}
