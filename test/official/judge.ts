import type { PublicKey } from '../../src/signing/publicKeys.js';
import type { Judged } from '../support/judgingServer.js';

/** The facts that a receiver knows: the shared secret, the public half of one that is not shared, and its own address. */
export interface Known {
  readonly secret: string;
  readonly publicKey: PublicKey | undefined;
  readonly url: string;
}

/** Says with a provider's own package, or by its documents, whether a request is genuine. */
export interface Judge {
  /** True where it accepts; false or an error where it does not. */
  verify(request: Judged, known: Known): Promise<boolean>;
  /** Returns the package's answer before the first event, as JSON; undefined where the request is no handshake. */
  handshake?(request: Judged, known: Known): Promise<object | undefined>;
  /** Forgeries that the package takes though it should not, each with the reason. */
  readonly taken?: Readonly<Record<string, string>>;
  /** The cases that `check` finds in a receiver that relies on the package alone, each with the reason. */
  readonly knownCases?: Readonly<Record<string, string>>;
  /** A secret of the shape that the provider gives. */
  readonly secret?: string;
}
