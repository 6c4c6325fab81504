import type { EventSpec, Provider } from '../../core/provider.js';
import { certaintyWords } from '../../report/provider/catalogue.js';
import type { Io } from '../io/io.js';
import type { Back } from './ask.js';
import { searchFor } from './searchFor.js';

/** Asks for an event of a provider, by default among all; `variant` leaves those that have it. */
export function askEvent(
  provider: Provider,
  usual: string | undefined,
  variant: string | undefined,
  io: Io,
): Promise<string | Back> {
  const events = Object.entries(provider.events).filter(
    ([, { variants = {} }]) => variant === undefined || Object.hasOwn(variants, variant),
  );
  const column = Math.max(...events.map(([name]) => name.length));
  const rows = events.map(([name, event]) => ({
    name,
    text: `${event.title} ${event.trigger} ${event.certainty}`,
    row: `${name.padEnd(column)}  ${mark(event)}${event.title}`,
    description:
      event.certainty === 'documented' ? event.trigger : `${event.trigger} (${certaintyWords[event.certainty]})`,
  }));
  return searchFor(`Event of ${provider.title}`, rows, usual ?? provider.flagship, io);
}

function mark({ certainty }: EventSpec): string {
  return certainty === 'documented' ? '' : `(${certainty}) `;
}
