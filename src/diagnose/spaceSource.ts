import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import type { Reading } from './reading.js';

/** What the space of one signature is made of. */
export interface SpaceSource {
  readonly reading: Reading;
  /** The name of the signature, or `secret` for a token. */
  readonly proof: string;
  readonly body: Uint8Array;
  /** The one that should fit first; at least one. */
  readonly given: readonly Secret[];
  readonly others: readonly Secret[];
  /** The values that the request's headers tell. */
  readonly values: ReadonlyMap<string, string>;
  readonly providers: readonly Provider[];
  readonly facts: Readonly<Record<string, string>>;
}
