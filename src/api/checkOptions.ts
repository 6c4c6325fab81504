import type { OptionKeys } from './assertOptions.js';
import type { SourceOptions } from './deliveryOptions.js';
import { type HandlerOptions, handlerKeys } from './inProcess/handler.js';
import type { AnyProvider, EventName } from './providers.js';
import type { Receiver } from './receiver.js';
import type { SendOptions } from './sendOptions.js';

/** What a check is about. */
export interface CheckOptions<P extends AnyProvider>
  extends Pick<SourceOptions<P>, 'provider' | 'url' | 'publicUrl' | 'secret' | 'variant' | 'header' | 'seed' | 'now'>,
    Pick<SendOptions, 'timeout' | 'signal' | 'route'>,
    HandlerOptions {
  /** Whom to check: an address, in place of `url`, or a handler in this process, which is addressed as `url` says. */
  readonly to?: Receiver;
  /** The event to check with; by default the provider's default event. */
  readonly event?: EventName<P>;
  /** Every other event of the provider must be accepted, too. */
  readonly allEvents?: boolean;
  /** Only these cases, by name or class (`must-reject`). The plain event goes first and last in any case. */
  readonly only?: readonly string[];
  /** Not these cases, by name or class. */
  readonly skip?: readonly string[];
  /** Time for the whole check: milliseconds, or a duration; by default 60 seconds, and up to 5 minutes where the receiver is slow, limits the rate or locks out. */
  readonly budget?: string | number;
  /** What a rejection looks like: a status (`4xx`, `200,401`), or `body:` and a text that its body holds; by default 4xx. */
  readonly expect?: string | number;
  /** True for a receiver of your own that is not on this machine: a check attacks it. */
  readonly allowRemote?: boolean;
}

/** The names of `CheckOptions`. */
export const checkKeys: OptionKeys<CheckOptions<AnyProvider>> = {
  ...handlerKeys,
  provider: true,
  url: true,
  publicUrl: true,
  secret: true,
  variant: true,
  header: true,
  seed: true,
  now: true,
  timeout: true,
  signal: true,
  route: true,
  to: true,
  event: true,
  allEvents: true,
  only: true,
  skip: true,
  budget: true,
  expect: true,
  allowRemote: true,
};
