import { memoize } from './memoize.js';
import type { EventSpec, Provider } from './provider.js';

/** The places of the parts of names: the header and the path of the first, of the second, and so on. */
export interface WirePlaces {
  readonly headers: readonly string[];
  readonly paths: readonly (string | undefined)[];
  /** The number of parts that have a place. */
  readonly count: number;
  /** The separator of a name's parts; null where it is one part. */
  readonly split: string | null;
}

type Named = Pick<Provider, 'wire' | 'eventAt'> & {
  readonly events: Readonly<Record<string, Pick<EventSpec, 'wire'>>>;
};

/** Returns the places of the names of a provider's events. */
export const wirePlaces = memoize(({ wire, eventAt }: Pick<Provider, 'wire' | 'eventAt'>): WirePlaces => {
  if (!wire) return { headers: [], paths: eventAt === null ? [] : [eventAt], count: 1, split: null };
  const { header = [], body = [] } = wire;
  const headers = [header].flat();
  const paths = typeof body === 'string' ? [...headers.map(() => undefined), body] : body;
  const count = Math.max(headers.length, paths.length);
  return { headers, paths, count, split: count > 1 ? (wire.split ?? '.') : null };
});

/** Returns the parts of an event's name on the wire. */
export function wireParts(provider: Named, event: string): readonly string[] {
  const own = ownParts(provider, event);
  if (own) return own;
  const { count, split } = wirePlaces(provider);
  if (split === null) return [event];
  const parts = event.split(split);
  return parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join(split)];
}

/** Returns the name that people type for the event whose parts a request holds; for an unknown one, the name that the rule builds from the parts. */
export function eventOfParts(provider: Named, parts: readonly string[]): string {
  for (let length = parts.length; length > 0; length--) {
    const event = knownEvent(provider, parts.slice(0, length));
    if (event !== undefined) return event;
  }
  return joinParts(provider, parts);
}

function knownEvent(provider: Named, parts: readonly string[]): string | undefined {
  const { events, wire } = provider;
  const joined = joinParts(provider, parts);
  if (Object.hasOwn(events, joined) && !ownParts(provider, joined)) return joined;
  if (!wire) return undefined;
  return Object.keys(events).find((event) => {
    const own = ownParts(provider, event);
    return own && own.length === parts.length && own.every((part, at) => part === parts[at]);
  });
}

function joinParts(provider: Named, parts: readonly string[]): string {
  return parts.join(wirePlaces(provider).split ?? '');
}

function ownParts({ events }: Named, event: string): readonly string[] | undefined {
  const own = Object.hasOwn(events, event) ? events[event]!.wire : undefined;
  return own === undefined ? undefined : [own].flat();
}

/** The name that the template of a header has for a part of an event's name, from 0. */
export function partName(at: number): string {
  return `event ${at + 1}`;
}

/** The texts of an event's name, and of its parts that headers hold, by the names that templates have for them. */
export function eventTexts(provider: Named, event: string): (readonly [name: string, text: string])[] {
  if (!provider.wire) return [['event', event]];
  return [['event', event], ...wireParts(provider, event).map((part, at) => [partName(at), part] as const)];
}
