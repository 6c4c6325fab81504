import type { JsonDialect } from '../../core/provider.js';
import type { AnyProvider, VariantName } from '../providers.js';
import type { HeadersInput } from '../settings.js';

/** The provider of a call. */
export interface ProviderOptions<P extends AnyProvider> {
  /** A provider's name, or a custom one. */
  readonly provider: P;
}

/** The way to a receiver: TLS, proxy, socket, addresses. Paths start from the working folder. */
export interface ConnectionOptions {
  /** Takes any TLS certificate. */
  readonly insecure?: boolean;
  /** A PEM file with authorities to trust as well. */
  readonly cacert?: string;
  /** A PEM file with the client certificate. */
  readonly cert?: string;
  /** A PEM file with its private key, where `cert` does not hold it. */
  readonly key?: string;
  /** `http://` or `https://` proxy, or `none`. */
  readonly proxy?: string;
  /** Connects to this socket in place of a host. */
  readonly unixSocket?: string;
  /** IP addresses to connect to, by `host` or `host:port`. */
  readonly resolve?: Readonly<Record<string, string>>;
  /** False opens a connection for each delivery, closed after its answer. */
  readonly keepAlive?: boolean;
  /** The address by which the provider knows the receiver, where it differs. */
  readonly publicUrl?: string | URL;
}

/** The project of a call. */
export interface ProjectOptions {
  /**
   * The project's config, by its path: its targets, secrets, providers, flows and time limits count then, as do the `.env` files next to it and
   * the environment, as on the command line. Without it, none of them does.
   */
  readonly config?: string | URL;
}

/** The options from which deliveries are made. */
export interface MakingOptions {
  /** The secret itself, or several with the current one first; by default that of the config, where there is one, else the provider's sample secret. */
  readonly secret?: string | readonly string[];
  /** Headers to add, or to put in place of the provider's; an empty value removes. */
  readonly header?: HeadersInput;
  /** The form of the deliveries, where their provider has several, such as `form` for GitHub. */
  readonly mode?: string;
  /** A whole number that makes ids and random values repeatable. */
  readonly seed?: number;
  /** The time in deliveries: a Date, milliseconds since 1970, or a text: ISO 8601 or Unix seconds. */
  readonly now?: Date | number | string;
}

/** The options for a sample. */
export interface PayloadOptions<P extends AnyProvider> {
  /** Another form of the payload. */
  readonly variant?: VariantName<P>;
  /** Values to put in place of others in the payload, by path (`data.items[0].price`); what holds the place has to be there. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Paths to remove from the payload. */
  readonly unset?: string | readonly string[];
  /** The JSON dialect of the body, in place of the provider's own. */
  readonly dialect?: JsonDialect;
  /** The values to renew: the ids by which receivers de-duplicate and the times (`ids`, the default), or all ids, too. */
  readonly fresh?: 'ids' | 'all';
  /** The sample as it is, nothing renewed. */
  readonly exact?: boolean;
}

/** The options by which a call waits and ends. */
export interface WaitingOptions {
  /** Time limit of an attempt: milliseconds, or a duration (`5s`); by default the config's, if any, else the provider's own, else 10 seconds. */
  readonly timeout?: string | number;
  /** Ends the deliveries in progress. A call of several deliveries resolves with the results so far; that of one rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The expected answer of a call. */
export interface ExpectOptions {
  /** The status that is ok (`401`, `'4xx'`, `'200,204'`), in place of the provider's success rule. */
  readonly expect?: string | number;
}

/** The options for repetition and concurrency. */
export interface RepetitionOptions {
  /** The number of times that each delivery is sent; 1 by default. */
  readonly duplicate?: number;
  /** Concurrent deliveries; 1 by default. */
  readonly concurrency?: number;
}

/** The options of a call that are not about its deliveries. */
export interface BesideOptions {
  /** A port of 127.0.0.1 on which the public keys are served during the call; 0 for any free one. */
  readonly serveKeys?: number;
  /** Keeps what is sent in the project's delivery log; nothing is kept by default. */
  readonly log?: boolean;
}

/** The common part of results. */
export interface CallResult {
  /** True where everything was as expected. */
  readonly ok: boolean;
  /** The exit code that the command line would have: 0, 1, 3 or 4. */
  readonly exitCode: number;
  /** Remarks about the options or the run. */
  readonly notes: readonly string[];
}
