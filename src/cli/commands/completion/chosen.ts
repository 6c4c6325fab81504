import type { Provider } from '../../../core/provider.js';
import { selectEvents } from '../../../session/project/events.js';
import type { Situation } from './situation.js';

/** The choices of a command line so far. */
export interface TypedSoFar {
  /** All that can be named. */
  readonly providers: readonly Provider[];
  readonly provider: Provider | undefined;
  /** The events by name; all that the provider has where none is chosen. */
  readonly events: readonly string[];
  readonly variant: string | undefined;
}

/** Reads the choices so far: the operands of the commands that take first a provider and then events. */
export function readChosen({ command, operands, given }: Situation, providers: readonly Provider[]): TypedSoFar {
  const takes = (index: number, name: string) => command.registeredArguments[index]?.name() === name;
  const provider = takes(0, 'provider') ? providers.find(({ name }) => name === operands[0]) : undefined;
  const variant = lastValue(given.get('--variant'));
  if (!provider) return { providers, provider, events: [], variant };
  const named = takes(1, 'event') ? operands.slice(1) : [];
  const events = named.flatMap((name) => eventsOf(provider, name));
  return { providers, provider, events: events.length > 0 ? events : Object.keys(provider.events), variant };
}

/** The last value of an option; undefined where it was not given, or is a switch. */
export function lastValue(values: readonly (string | true)[] | undefined): string | undefined {
  const value = values?.at(-1);
  return value === true ? undefined : value;
}

function eventsOf(provider: Provider, name: string): string[] {
  try {
    return selectEvents(provider, [name], {});
  } catch {
    return [];
  }
}
