import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { Serving } from '../../session/keys/serveKeys.js';

/** Serves the public keys of a call on a port; null where none is given. Throws a UsageError where no signer has one. */
export async function serveCallKeys(
  port: number | undefined,
  signers: Iterable<readonly [Provider, readonly Secret[]]>,
): Promise<Serving | null> {
  if (port === undefined) return null;
  const { serveKeys } = await import('../../session/keys/serveKeys.js');
  return serveKeys(port, signers, () => {});
}
