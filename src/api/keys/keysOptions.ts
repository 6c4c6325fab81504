import type { PublicKey } from '../../signing/publicKeys.js';
import type { MakingOptions, ProjectOptions, ProviderOptions } from '../project/callOptions.js';
import type { AnyProvider } from '../providers.js';

/** Whose public keys are asked for. */
export interface KeysOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    Pick<MakingOptions, 'secret'>,
    ProjectOptions {
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
