import type { HeadersInput } from '../settings.js';

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
   * The project's config, by its path: its targets, secrets, providers, flows and time limits count then, as do the `.env` files beside it and
   * the environment, as on the command line. Without it, none of them does.
   */
  readonly config?: string | URL;
}

/** What says by what deliveries are made, and when the call is to end. */
export interface MakingOptions {
  /** The secret itself, or several with the current one first; by default that of the config, else the provider's sample secret. */
  readonly secret?: string | readonly string[];
  /** Headers to add, or to put in place of the provider's; an empty value removes. */
  readonly header?: HeadersInput;
  /** A whole number that makes ids and random values repeatable. */
  readonly seed?: number;
  /** The time that is told: a Date, milliseconds since 1970, or a text: ISO 8601 or Unix seconds. */
  readonly now?: Date | number | string;
}

/** How a call waits, and how it ends. */
export interface WaitingOptions {
  /** Time limit of an attempt: milliseconds, or a duration (`5s`); by default the config's, else the provider's own. */
  readonly timeout?: string | number;
  /** Ends what is under way; the call resolves with what there is until then. */
  readonly signal?: AbortSignal;
}
