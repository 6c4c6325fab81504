import type { ArrivalPattern } from '../../core/load.js';
import { loadOptions } from '../../options/load.js';
import type {
  BesideOptions,
  ConnectionOptions,
  ExpectOptions,
  MakingOptions,
  PayloadOptions,
  ProjectOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import { type DestinationOptions, destinationKeys } from '../project/destinationOptions.js';
import { omitOptions } from '../project/readCall.js';
import type { AnyProvider, EventName } from '../providers.js';

/** An event, with a weight where it is more or less frequent than the others: `push=3`. */
type WeightedEvent<P extends AnyProvider> = EventName<P> | `${EventName<P>}=${number}`;

/** The options of a load: its events, its rate, and its thresholds. */
export interface LoadOptions<P extends AnyProvider>
  extends MakingOptions,
    WaitingOptions,
    ExpectOptions,
    Omit<PayloadOptions<P>, 'exact'>,
    Pick<BesideOptions, 'log'>,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** The provider of the events: a name, or a custom one. Without it, `also` and `flows` choose the events. */
  readonly provider?: P;
  /** The events, with a weight where one comes more often: `['push=3', 'release.published']`. */
  readonly events?: WeightedEvent<P> | readonly WeightedEvent<P>[];
  /** Arrivals per second (`500/s`, `90/m`), or a rate that moves evenly: `50/s..2000/s`. */
  readonly rate?: string | number;
  /** The time at this rate: milliseconds, or a duration; 10 seconds by default. */
  readonly for?: string | number;
  /** In place of both: `10s@100/s,30s@100/s..1000/s,10s@0`, or a list of such stages. */
  readonly stages?: string | readonly string[];
  /** `constant` (the default), or `poisson`: as from many users who know nothing of each other. */
  readonly arrivals?: ArrivalPattern;
  /** A provider with events to mix in: `stripe charge.refunded=2`. */
  readonly also?: string | readonly string[];
  /** A flow to mix in, as typed after `flow`: `stripe checkout=2`. */
  readonly flows?: string | readonly string[];
  /** The limit of deliveries in flight, beyond which due ones are dropped; 1,000 by default. */
  readonly maxInFlight?: number;
  /** Threads that send, where one is not enough; 1 by default. A handler, and a provider that is an object, take none but this one. */
  readonly workers?: number;
  /** Leaves the first of it out of the figures: milliseconds, or a duration. */
  readonly warmUp?: string | number;
  /** The share of deliveries that are sent twice: `2%`, or 0.02. */
  readonly duplicates?: string | number;
  /** Faults of a share of the deliveries: `cut-body=1%`, `slow-upload=2s@1%`. */
  readonly faults?: string | readonly string[];
  /** The most that a percentile may be: `p99=250ms`. */
  readonly maxLatency?: string | readonly string[];
  /** The share that may fail or be dropped: `1%`, or 0.01; none by default. */
  readonly maxFailed?: string | number;
  /** Deliveries per second that have to be reached. */
  readonly minRate?: string | number;
  /** A file with the figures of an earlier load. */
  readonly baseline?: string;
  /** The share by which it may be worse than that: `10%` by default. */
  readonly tolerance?: string | number;
  /** A JSON file to send in place of the sample. */
  readonly data?: string;
  /** A file to send byte for byte. */
  readonly raw?: string;
  /** The source of the receiver's state after the load: a URL, or a command whose output is read. */
  readonly probe?: string;
  /** True for a receiver of yours that is not on this machine: a load can bring it down. */
  readonly allowRemote?: boolean;
}

/** The options that the command has, too. */
export const loadCall = omitOptions(loadOptions, ['json', 'report', 'save', 'quiet', 'verbose']);

/** Those that only a call has. */
export const loadKeys = ['provider', 'events', 'signal', ...destinationKeys] as const;
