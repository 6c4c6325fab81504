import { UsageError } from '../../core/errors.js';
import { globPattern } from '../../core/globPattern.js';
import { listNames, unknownName } from '../../core/nearest.js';
import type { Provider } from '../../core/provider.js';
import type { SendValues } from '../../options/send.js';

function listEvents(known: readonly string[], { name }: Provider): string {
  const listed = listNames(known);
  return listed === known.join(', ') ? `One of ${listed}` : `Such as ${listed} (webhook-sim list ${name})`;
}

/** Returns whether an event has yet to be named: without a name, a provider's only event is meant, and none of several. */
export function isEventMissing(
  provider: Pick<Provider, 'events'> | null,
  names: readonly string[],
  { all }: Partial<Pick<SendValues, 'all'>>,
): boolean {
  return names.length === 0 && !all && (provider === null || Object.keys(provider.events).length > 1);
}

/** Returns the events that a command names, by name or by glob, in the provider's order for patterns; without a name, the only one. */
export function selectEvents(
  provider: Provider,
  given: readonly string[],
  options: Partial<Pick<SendValues, 'all' | 'variant' | 'nameOf'>>,
): string[] {
  const known = Object.keys(provider.events);
  if (options.all && given.length > 0)
    throw new UsageError('CONFLICT', `${options.nameOf?.('all') ?? 'all'} sends every event, so name no others.`);
  if (isEventMissing(provider, given, options)) {
    const all = options.nameOf ? `; or ${options.nameOf('all')}` : '';
    throw new UsageError('NO_EVENT', `Which event of ${provider.title}? ${listEvents(known, provider)}${all}.`);
  }
  const { variant } = options;
  const having =
    variant === undefined ? known : known.filter((event) => variant in (provider.events[event]!.variants ?? {}));
  if (variant !== undefined && having.length === 0) {
    const variants = [...new Set(known.flatMap((event) => Object.keys(provider.events[event]!.variants ?? {})))];
    throw unknownName('UNKNOWN_VARIANT', `${provider.title} has no variant ${variant}.`, {
      name: variant,
      known: variants,
      otherwise: 'It has none.',
      facts: { option: options.nameOf?.('variant') ?? 'variant' },
    });
  }
  if (options.all) return having;
  const names = given.length === 0 ? known : given;
  return names.flatMap((name) =>
    name.includes('*') ? matching(provider, name, having) : [requireEvent(provider, name, known)],
  );
}

/** The one event that a command is about. */
export function selectEvent(provider: Provider, name: string): string {
  const [event, ...more] = selectEvents(provider, [name], {});
  if (event !== undefined && more.length === 0) return event;
  throw new UsageError(
    'SEVERAL_EVENTS',
    `${name} stands for several events. Name one: ${listNames([event, ...more].filter((each) => each !== undefined))}.`,
  );
}

function matching(provider: Provider, glob: string, candidates: readonly string[]): string[] {
  const pattern = globPattern(glob);
  const found = candidates.filter((event) => pattern.test(event));
  if (found.length === 0) {
    throw new UsageError(
      'UNKNOWN_EVENT',
      `No event of ${provider.title} matches ${glob}. See: webhook-sim list ${provider.name}`,
    );
  }
  return found;
}

function requireEvent(provider: Provider, name: string, known: readonly string[]): string {
  if (known.includes(name)) return name;
  throw unknownName('UNKNOWN_EVENT', `${provider.title} has no event ${name}.`, {
    name,
    known,
    more: `See: webhook-sim list ${provider.name}`,
  });
}
