import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { headerSources } from '../core/scheme.js';
import { eventOfParts, type WirePlaces, wireParts, wirePlaces } from '../core/wireName.js';
import { parsePath } from '../json/path.js';
import type { DescriptionIssue } from './descriptionIssue.js';

/** Returns contradictions between a rule for names on the wire and the provider's headers and events. */
export function wireIssues(provider: Provider): DescriptionIssue[] {
  const { wire, eventAt, events } = provider;
  const own = Object.keys(events).filter((event) => events[event]!.wire !== undefined);
  if (!wire) {
    const message = 'goes with a rule for all events, wire, which says where the parts of names stand.';
    return own.map((event) => ({ path: ['events', event, 'wire'], message }));
  }
  const places = wirePlaces(provider);
  const twice = 'says where the name of an event stands, and so does eventAt. Remove eventAt.';
  const undivided = 'divides names into parts, and there is a place for one part only.';
  return [
    ...(eventAt === null ? [] : [{ path: ['wire'], message: twice }]),
    ...(places.count > 0 ? [] : [{ path: ['wire'], message: 'names no place. Give header, body or both.' }]),
    ...(places.count !== 1 || wire.split === undefined ? [] : [{ path: ['wire', 'split'], message: undivided }]),
    ...places.headers.flatMap((header) => headerIssue(provider, header)),
    ...places.paths.flatMap((path) => (path === undefined ? [] : pathIssue(path))),
    ...Object.keys(events).flatMap((event) => {
      const message = eventIssue(provider, event, places);
      return message === null ? [] : { path: ['events', event, ...(own.includes(event) ? ['wire'] : [])], message };
    }),
  ];
}

function headerIssue({ name: provider, headers }: Provider, header: string): DescriptionIssue[] {
  const path = ['wire', 'header'];
  const found = headers.find(([name]) => name.toLowerCase() === header.toLowerCase());
  if (!found) {
    const known = headers.map(([name]) => name);
    return [{ path, message: `${header} is no header of ${provider}. ${suggest(header, known)}` }];
  }
  const text = headerSources(found).join();
  const message = `${header} holds no {event}, which stands for its part of the name.`;
  return text.includes('{event}') ? [] : [{ path, message }];
}

function pathIssue(text: string): DescriptionIssue[] {
  try {
    parsePath(text);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ path: ['wire', 'body'], message: error.message }];
  }
}

/** Returns why the rule can't express an event, or not unambiguously; null where it can. */
function eventIssue(provider: Provider, event: string, { count, split }: WirePlaces): string | null {
  const parts = wireParts(provider, event);
  if (parts.length > count) return `has ${parts.length} parts, and wire has places for ${count}.`;
  if (parts.includes('')) return 'has a part that is empty.';
  const divided = split === null ? undefined : parts.slice(0, -1).find((part) => part.includes(split));
  if (divided !== undefined)
    return `"${divided}" holds "${split}", which divides names (split); only the last part may.`;
  const named = eventOfParts(provider, parts);
  return named === event ? null : `is the same on the wire as ${named}.`;
}
