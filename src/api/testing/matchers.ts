import type { DeliverOptions } from '../deliver.js';
import type { HandlerOptions } from '../inProcess/handler.js';
import type { AnyProvider } from '../providers.js';
import type { Receiver } from '../receiver.js';
import { type Judgement, judgeAcceptance, type Webhook } from './judgeAcceptance.js';
import { type ForgeryOptions, judgeRejection } from './judgeRejection.js';

/** The matchers that `expect.extend(matchers)` adds to Vitest or Jest; `R` is the type that a matcher returns there. */
export interface WebhookMatchers<R = Promise<void>> {
  /** The receiver (a handler or a URL) answers as the provider takes for success. Await it. */
  toAcceptWebhook<const P extends AnyProvider>(webhook: Webhook<P>, options?: DeliverOptions): R;
  /** The receiver rejects the named forgery, or all of them, with 4xx, and accepts genuine deliveries. Await it. */
  toRejectForgery<const P extends AnyProvider>(options: ForgeryOptions<P>, handling?: HandlerOptions): R;
}

/** The result of a matcher for its `expect`. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Matchers for `expect.extend` of Vitest and Jest. */
export const matchers = {
  async toAcceptWebhook(receiver: Receiver, webhook: Webhook, options?: DeliverOptions): Promise<MatcherResult> {
    return matcherResult(await judgeAcceptance(receiver, webhook, options));
  },
  async toRejectForgery(
    receiver: Receiver,
    options: ForgeryOptions<AnyProvider>,
    handling?: HandlerOptions,
  ): Promise<MatcherResult> {
    return matcherResult(await judgeRejection(receiver, options, handling));
  },
};

function matcherResult({ pass, message }: Judgement): MatcherResult {
  return { pass, message: () => message };
}
