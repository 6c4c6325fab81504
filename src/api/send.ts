import type { Delivery } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Route } from '../core/route.js';
import type { AnyProvider } from './providers.js';
import type { DeliveryResult } from './result.js';
import type { RetryOptions } from './retryOptions.js';

/** How a delivery is judged, and how long it is waited for. */
export interface JudgeOptions {
  /** Time limit of an attempt: milliseconds, or a duration (`5s`); by default the provider's own, else 10 seconds. */
  readonly timeout?: string | number;
  /** The status that is ok (`401`, `'4xx'`, `'200,204'`), in place of the provider's success rule. */
  readonly expect?: string | number;
  /** Whose the delivery is, where it is of a provider of your own and was changed since it was made. */
  readonly provider?: AnyProvider;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

/** How a delivery is sent. */
export interface SendOptions extends JudgeOptions {
  /** Tries again what is not accepted: as the provider does (`true`), or otherwise. */
  readonly retry?: true | RetryOptions;
  /** How to get there: TLS, proxy, unix socket. By default straight, with what this machine trusts; no variable is read. */
  readonly route?: Partial<Route>;
}

/**
 * Sends a delivery to its URL over HTTP/1.1 and resolves with what came of it. A receiver that fails is a value and never a rejection:
 * `outcome` is what the provider makes of it, `ok` whether that was expected. Connections are kept for the next call (see `close`). Rejects
 * with a UsageError for what can't be sent.
 */
export async function send(delivery: Delivery, options: SendOptions = {}): Promise<DeliveryResult> {
  const [{ recall }, { run }, { openKept }] = await Promise.all([
    import('./made.js'),
    import('./run.js'),
    import('./keptConnections.js'),
  ]);
  if (!(await recall(delivery, options.provider)).isAddressed) {
    throw new UsageError(
      'NO_URL',
      'The delivery has no address to send it to. Give createDelivery a url, or deliver it to a handler: deliver(delivery).to(handler).',
    );
  }
  return run(delivery, options, await openKept(options.route, options.signal));
}
