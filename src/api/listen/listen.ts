import type { Listener } from './listener.js';
import type { ListenOptions } from './listenOptions.js';

/**
 * Receives webhooks on this machine: says of each whose it is and whether it verifies, and answers as the options say. Iterate over it for each request as it
 * comes, or await `result()`; `close()` ends it. Rejects with a UsageError for wrong options, and where the port is taken.
 */
export async function listen(options: ListenOptions = {}): Promise<Listener> {
  const { openListener } = await import('./openListener.js');
  return openListener(options);
}
