import { checkOptions } from '../options/check.js';
import type { SendOptions } from './deliveryOptions.js';
import type {
  BesideOptions,
  ConnectionOptions,
  MakingOptions,
  PayloadOptions,
  ProjectOptions,
  ProviderOptions,
  WaitingOptions,
} from './project/callOptions.js';
import { type DestinationOptions, destinationKeys } from './project/destinationOptions.js';
import { omitOptions } from './project/readCall.js';
import type { AnyProvider, EventName } from './providers.js';

/** The options of a check. */
export interface CheckOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    MakingOptions,
    WaitingOptions,
    Pick<PayloadOptions<P>, 'variant'>,
    Pick<BesideOptions, 'serveKeys' | 'log'>,
    Pick<SendOptions, 'route'>,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** The event to check with; by default the provider's default event. */
  readonly event?: EventName<P>;
  /** Every other event of the provider must be accepted, too. */
  readonly allEvents?: boolean;
  /** Only these cases, by name or class (`must-reject`). The plain event goes first and last in any case. */
  readonly only?: string | readonly string[];
  /** Not these cases, by name or class. */
  readonly skip?: string | readonly string[];
  /** Time for the whole check: milliseconds, or a duration; by default 60 seconds, and up to 5 minutes where the receiver is slow, limits the rate or locks out. */
  readonly budget?: string | number;
  /** The form of a rejection: a status (`4xx`, `200,401`), or `body:` and a text that its body contains; by default 4xx. */
  readonly expect?: string | number;
  /** True for a receiver of yours that is not on this machine: a check attacks it. */
  readonly allowRemote?: boolean;
}

/** The options that the command has, too. */
export const checkCall = omitOptions(checkOptions, [
  'list',
  'handshake',
  'value',
  'json',
  'report',
  'quiet',
  'verbose',
]);

/** Those that only a call has. */
export const checkKeys = ['provider', 'event', 'signal', 'route', ...destinationKeys] as const;
