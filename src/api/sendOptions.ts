import type { Route } from '../core/route.js';
import type { OptionKeys } from './assertOptions.js';
import type { ExpectOptions, WaitingOptions } from './project/callOptions.js';
import type { AnyProvider } from './providers.js';
import type { RetryOptions } from './retryOptions.js';

/** How a delivery is judged, and how long it is waited for. */
export interface JudgeOptions extends WaitingOptions, ExpectOptions {
  /** Whose the delivery is, where it is of a custom provider and was changed since it was made. */
  readonly provider?: AnyProvider;
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
