import type { Delivery, Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';

export interface CompileOptions {
  readonly provider: Provider;
  readonly body: string | Uint8Array;
  /** The current one first; the provider's sample by default. */
  readonly secrets?: readonly string[];
  readonly event?: string;
  readonly url?: string;
  /** The user's own. */
  readonly headers?: readonly Header[];
  /** Milliseconds since 1970; the real time by default. */
  readonly now?: number;
}

/** One delivery of a provider, compiled as the command line does it. */
export function compileOne({ provider, body, now = Date.now(), ...options }: CompileOptions): Delivery {
  const make = compileDeliverySync({
    provider,
    event: options.event ?? provider.defaultEvent,
    variant: null,
    url: options.url ?? 'http://localhost/',
    secrets: (options.secrets ?? [provider.secret.sample]).map((value) => ({ value, source: 'test', isSample: false })),
    headers: options.headers ?? [],
  });
  return make({ now, random: seededRandom(1), body: Buffer.from(body) });
}
