import { keysOptions } from '../../options/keys.js';
import { publicKeysOf } from '../../session/keys/publicKeysOf.js';
import { projectSecrets } from '../../session/project/projectSecrets.js';
import { keySet } from '../../signing/publicKeys.js';
import { frozen } from '../project/frozen.js';
import { openProviderCall } from '../project/openCall.js';
import { optionsBut, readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import type { KeysOptions, KeysResult } from './keysOptions.js';

const callOptions = optionsBut(keysOptions, ['format', 'out', 'force', 'serve', 'json', 'quiet']);

/** Reads all options and makes the public keys. */
export async function findKeys<P extends AnyProvider>(given: KeysOptions<P>): Promise<KeysResult> {
  const options = readCall(callOptions, ['provider'], given);
  const { project, provider, io } = await openProviderCall(given);
  const secrets = await projectSecrets({ project, provider: provider, options }, io);
  const found = publicKeysOf(provider, secrets);
  return frozen({ provider: provider.name, keys: found, jwks: keySet(found) });
}
