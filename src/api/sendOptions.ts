import type { Route } from '../core/route.js';
import type { OptionKeys } from './assertOptions.js';
import type { AnyProvider } from './providers.js';
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
export interface SendOptions extends JudgeOptions, RetryOptions {
  /** How to get there: TLS, proxy, unix socket. By default straight, with what this machine trusts; no variable is read. */
  readonly route?: Partial<Route>;
}

/** The names of `JudgeOptions`. */
export const judgeKeys: OptionKeys<JudgeOptions> = { timeout: true, expect: true, provider: true, signal: true };

/** The names of `SendOptions`. */
export const sendKeys: OptionKeys<SendOptions> = {
  ...judgeKeys,
  retry: true,
  schedule: true,
  speed: true,
  route: true,
};
