import type { PublicKey } from '../../signing/publicKeys.js';
import type { ProjectOptions } from '../project/callOptions.js';
import type { AnyProvider } from '../providers.js';

/** Whose public keys are asked for. */
export interface KeysOptions<P extends AnyProvider> extends ProjectOptions {
  /** A provider's name, or one of your own. */
  readonly provider: P;
  /** The secret itself, or several with the current one first; by default that of the config, else the provider's sample secret. */
  readonly secret?: string | readonly string[];
  /** The target whose secret it is, where one of the config has its own. */
  readonly to?: string | URL;
}

/** The public keys of a provider's secrets. */
export interface KeysResult {
  readonly provider: string;
  /** In every form in which receivers hold them, those of the current secret first. */
  readonly keys: readonly PublicKey[];
  /** The same as a JSON Web Key Set. */
  readonly jwks: { readonly keys: readonly PublicKey['jwk'][] };
}
