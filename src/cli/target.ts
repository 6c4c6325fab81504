import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { startReceiver } from '../receiver/receiver.js';
import type { SendTalk } from './talk.js';

/** Where deliveries go, ready to receive them. */
export interface OpenTarget {
  readonly url: string;
  /** True for the built-in receiver: nothing of the user's is tested. */
  readonly isDemo: boolean;
  close(): Promise<void>;
}

/** Opens a target: an address is taken as it is, for `demo` the built-in receiver starts. */
export async function openTarget(
  address: { name: string } | { url: string },
  provider: Provider,
  secrets: readonly Secret[],
  talk: SendTalk,
): Promise<OpenTarget> {
  if ('url' in address) return { url: address.url, isDemo: false, close: async () => {} };
  const receiver = await startReceiver({
    providers: [provider],
    secrets: () => secrets.map(({ value }) => value),
    onArrival: talk.arrived,
  });
  return { url: receiver.url(provider), isDemo: true, close: receiver.close };
}
