import type { Provider } from '../core/provider.js';
import type { ReceivedRequest } from '../core/receivedRequest.js';
import type { Secret } from '../core/secret.js';

/** A request, and what is known about it. */
export interface Case {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  /** The secrets that may fit, the current one first; at least one. */
  readonly secrets: readonly Secret[];
  /** Secrets that should not fit, but may have been taken for the right one. */
  readonly others?: readonly Secret[];
  /** The providers whose requests and schemes this one may be; by default those that ship. */
  readonly providers?: readonly Provider[];
  /** The value that a receiver computed; with it the receiver's mistake is looked for. */
  readonly computed?: string;
  /** When the request came, in milliseconds since 1970. */
  readonly now: number;
  /** How far a signed time may be from it. */
  readonly toleranceMs: number;
  /** Remarks on the capture. */
  readonly notes?: readonly string[];
}
