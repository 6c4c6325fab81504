export type { DeliverOptions } from '../deliver.js';
export type { Receiver } from '../receiver.js';
export { assertAcceptsWebhook, assertRejectsForgery } from './assertions.js';
export type { Runner } from './describeReceiver.js';
export { type DescribeOptions, describeReceiver } from './describeReceiver.js';
export type { Webhook } from './judgeAcceptance.js';
export type { ForgeryOptions } from './judgeRejection.js';
export { type MatcherResult, matchers, type WebhookMatchers } from './matchers.js';
