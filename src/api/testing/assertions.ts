import { AssertionError } from 'node:assert';
import type { DeliverOptions } from '../deliver.js';
import type { HandlerOptions } from '../inProcess/handler.js';
import type { AnyProvider } from '../providers.js';
import type { Receiver } from '../receiver.js';
import { type Judgement, judgeAcceptance, type Webhook } from './judgeAcceptance.js';
import { type ForgeryOptions, judgeRejection } from './judgeRejection.js';

/** Rejects with an AssertionError where the provider would not take the receiver's answer as success. */
export async function assertAcceptsWebhook<const P extends AnyProvider>(
  receiver: Receiver,
  webhook: Webhook<P>,
  options?: DeliverOptions,
): Promise<void> {
  assertThat(await judgeAcceptance(receiver, webhook, options), assertAcceptsWebhook);
}

/** Rejects with an AssertionError where the receiver takes a forgery, or does not take a genuine delivery. */
export async function assertRejectsForgery<const P extends AnyProvider>(
  receiver: Receiver,
  options: ForgeryOptions<P>,
  handling?: HandlerOptions,
): Promise<void> {
  assertThat(await judgeRejection(receiver, options, handling), assertRejectsForgery);
}

// biome-ignore lint/complexity/noBannedTypes: what AssertionError leaves out of the stack is any function
function assertThat({ pass, message, actual, expected }: Judgement, stackStartFn: Function): void {
  if (!pass) throw new AssertionError({ message, actual, expected, operator: stackStartFn.name, stackStartFn });
}
