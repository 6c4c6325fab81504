import type { JsonDialect } from '../../core/provider.js';
import type { AnyProvider, VariantName } from '../providers.js';
import type { HeadersInput } from '../settings.js';

/** Whose webhooks a call is about. */
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
  /** A PEM file with the certificate of the sender. */
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
  /** The address by which the provider knows the receiver, where that is another. */
  readonly publicUrl?: string | URL;
}

/** The project that a call goes by. */
export interface ProjectOptions {
  /**
   * The project's config, by its path: its targets, secrets, providers, flows and time limits count then, as do the `.env` files next to it and
   * the environment, as on the command line. Without it, none of them does.
   */
  readonly config?: string | URL;
}

/** What says by what deliveries are made, and when the call is to end. */
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

/** What is done with a sample. */
export interface PayloadOptions<P extends AnyProvider> {
  /** Another form of the payload. */
  readonly variant?: VariantName<P>;
  /** Values to put in place of others in the payload, by path (`data.items[0].price`); what holds the place has to be there. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Paths to remove from the payload. */
  readonly unset?: string | readonly string[];
  /** Whose JSON the body is, in place of the provider's own. */
  readonly dialect?: JsonDialect;
  /** What is renewed: the ids that receivers de-duplicate on and the times (`ids`, the default), or all ids, too. */
  readonly fresh?: 'ids' | 'all';
  /** The sample as it is, nothing renewed. */
  readonly exact?: boolean;
}

/** How a call waits, and how it ends. */
export interface WaitingOptions {
  /** Time limit of an attempt: milliseconds, or a duration (`5s`); by default the config's, where there is one, else the provider's own, else 10 seconds. */
  readonly timeout?: string | number;
  /** Ends what is in progress. A call of several deliveries gives back what there is until then; that of one rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What a call expects of an answer. */
export interface ExpectOptions {
  /** The status that is ok (`401`, `'4xx'`, `'200,204'`), in place of the provider's success rule. */
  readonly expect?: string | number;
}

/** How many deliveries are made of one, and how many are in progress. */
export interface RepetitionOptions {
  /** How many times each delivery is sent; 1 by default. */
  readonly duplicate?: number;
  /** concurrent Deliveries; 1 by default. */
  readonly concurrency?: number;
}

/** What a call does besides its deliveries. */
export interface BesideOptions {
  /** A port of 127.0.0.1 on which the public keys are served meanwhile; 0 for any free one. */
  readonly serveKeys?: number;
  /** Keeps what is sent in the project's delivery log; nothing is kept by default. */
  readonly log?: boolean;
}

/** What every call of this kind comes to. */
export interface CallResult {
  /** True where everything was as it had to be. */
  readonly ok: boolean;
  /** What the command line would end with: 0, 1, 3 or 4. */
  readonly exitCode: number;
  /** What is odd about the options, or was on the way. */
  readonly notes: readonly string[];
}
