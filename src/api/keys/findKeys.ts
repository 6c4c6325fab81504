import { keysOptions } from '../../options/keys.js';
import { projectSecrets, publicKeysOf } from '../../session/project/readSecret.js';
import { keySet, type PublicKey } from '../../signing/publicKeys.js';
import type { MakingOptions, ProjectOptions, ProviderOptions } from '../project/callOptions.js';
import { openProviderCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';

const callOptions = omitOptions(keysOptions, ['format', 'out', 'force', 'serve', 'json', 'quiet']);

/** Reads all options and makes the public keys. */
export async function findKeys<P extends AnyProvider>(given: KeysOptions<P>): Promise<KeysResult> {
  const options = readCall(callOptions, ['provider'], given);
  const { project, provider, io } = await openProviderCall(given);
  const secrets = await projectSecrets({ project, provider: provider, options }, io);
  const found = publicKeysOf(provider, secrets);
  return freezeResult({ provider: provider.name, keys: found, jwks: keySet(found) });
}

/** The provider whose public keys are asked for. */
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
