import type { Provider } from '../../core/provider.js';
import { hasKeyPair } from '../../core/schemeFacts.js';
import type { Secret } from '../../core/secret.js';
import { startKeyServer } from '../../receiver/keyServer.js';
import { publicKeysOf } from '../project/readSecret.js';

/** A server that has to be closed. */
export interface Serving {
  close(): Promise<void>;
}

/** Serves the public keys of a run on the port that is given. Throws a UsageError where none of its providers has one. */
export async function serveKeys(
  port: number,
  signers: Iterable<readonly [Provider, readonly Secret[]]>,
  say: (line: string) => void,
): Promise<Serving> {
  const all = [...groupBySigner(signers)];
  const having = all.filter(([provider]) => hasKeyPair(provider));
  // Where none has a key, the error is about the first.
  const served = (having.length > 0 ? having : all.slice(0, 1)).map(([provider, secrets]) => ({
    provider: provider.name,
    keys: publicKeysOf(provider, secrets),
  }));
  const server = await startKeyServer(served, port);
  say(`The public keys are at ${server.url}/jwks.json`);
  return server;
}

/** The secrets of each provider, each once. */
function groupBySigner(signers: Iterable<readonly [Provider, readonly Secret[]]>): Map<Provider, readonly Secret[]> {
  const found = new Map<Provider, readonly Secret[]>();
  for (const [provider, secrets] of signers) {
    const known = found.get(provider) ?? [];
    const more = secrets.filter(({ value }) => !known.some((secret) => secret.value === value));
    found.set(provider, [...known, ...more]);
  }
  return found;
}
