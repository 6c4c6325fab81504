import type { ChosenTarget } from '../../config/target.js';
import type { Provider } from '../../core/provider.js';
import type { Route } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import { maskAddress } from '../../core/secretParameters.js';
import type { Clock } from '../../core/world.js';
import { type Arrival, openReceiver } from '../../receiver/receiver.js';
import type { OpenTarget } from './openTarget.js';

/** The clock and the callback of the built-in receiver. */
export interface DemoSurroundings {
  readonly talk: Pick<RunMessages, 'arrived'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Opens a target: for `demo` the built-in receiver starts, all others are there. */
export async function openTarget(
  target: ChosenTarget,
  provider: Provider,
  secrets: readonly Secret[],
  { talk, clock }: DemoSurroundings,
): Promise<OpenTarget> {
  const { name, address, urlFor } = target;
  if (address !== null) {
    const url = urlFor({ provider: provider.name, event: 'event' });
    const shown = shownAddress(address, url);
    return { shown: name === null ? shown : `${name} (${shown})`, url, urlFor, isDemo: false, close: async () => {} };
  }
  const receiver = await openReceiver({
    providers: [provider],
    secrets: () => secrets.map(({ value }) => value),
    knownAs: publicUrlsOf(target),
    now: clock.now,
    onArrival: talk.arrived,
  });
  const url = receiver.url(provider);
  return { shown: 'the built-in receiver (demo)', url, urlFor: () => url, isDemo: true, close: receiver.close };
}

/** Returns the addresses by which a provider may know a target, whichever event each is for. */
export function publicUrlsOf({ publicUrlFor }: ChosenTarget): ((provider: Provider) => string[]) | undefined {
  if (!publicUrlFor) return undefined;
  return ({ name, events }) => [
    ...new Set(Object.keys(events).map((event) => publicUrlFor({ provider: name, event }))),
  ];
}

/** An address without the secrets that it may hold; one with placeholders as it is written. */
export function shownAddress(address: string, url: string): string {
  return maskAddress(/[{}]/.test(address) ? address : url);
}

/** Messages of a use case around its results; the shell decides whether and where they are shown. */
export interface RunMessages {
  say(line: string): void;
  /** Shows a line even in a quiet run. */
  warn(line: string): void;
  start(provider: Provider, target: OpenTarget, secrets: readonly Secret[]): void;
  arrived(arrival: Arrival): void;
  end(target: OpenTarget): void;
  /** Shows what is unusual about the route to a URL. */
  route(route: Route, url: string): void;
}
