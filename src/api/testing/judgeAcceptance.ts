import type { Delivery } from '../../core/delivery.js';
import { formatDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import { excerpt } from '../../core/printable.js';
import { secretTexts } from '../../core/secret.js';
import { SecretMask } from '../../core/secretMask.js';
import { createDelivery } from '../createDelivery.js';
import { type DeliverOptions, dispatchToHandler } from '../deliver.js';
import type { DeliveryOptions } from '../deliveryOptions.js';
import { knownSecrets } from '../provenance.js';
import type { AnyProvider } from '../providers.js';
import { type Receiver, toDestination } from '../receiver.js';
import type { DeliveryResult } from '../result.js';
import { send } from '../send.js';

/** Whether a receiver did what it has to, and what there is to say about it. */
export interface Judgement {
  readonly pass: boolean;
  readonly message: string;
  /** The answer, in a few words, and what had to come. */
  readonly actual: string;
  readonly expected: string;
}

/** A webhook: a finished delivery, or what one is made of. */
export type Webhook<P extends AnyProvider = AnyProvider> = Delivery | DeliveryOptions<P>;

/** Delivers a webhook and judges whether the provider would take the answer as success. */
export async function judgeAcceptance<P extends AnyProvider>(
  receiver: Receiver,
  webhook: Webhook<P>,
  options: DeliverOptions = {},
): Promise<Judgement> {
  const result = await delivered(receiver, webhook, options);
  const { provider, event } = result.delivery;
  const actual = describeResult(result);
  return {
    pass: result.ok,
    message: `The receiver ${result.ok ? 'accepts' : 'does not accept'} ${provider} ${event}: ${actual}.${saidBy(result)}`,
    actual,
    expected: 'accepted',
  };
}

async function delivered<P extends AnyProvider>(
  receiver: Receiver,
  webhook: Webhook<P>,
  options: DeliverOptions,
): Promise<DeliveryResult> {
  const destination = toDestination(receiver);
  if ('to' in destination) {
    return dispatchToHandler(isDelivery(webhook) ? webhook : await createDelivery(webhook), destination.to, options);
  }
  if (isDelivery(webhook)) {
    throw new UsageError(
      'CONFLICT',
      'A finished delivery has its own URL. Send it with send(), or give what it is made of: { provider, event, secret }.',
    );
  }
  return send(await createDelivery({ ...webhook, ...destination }), options);
}

function isDelivery<P extends AnyProvider>(webhook: Webhook<P>): webhook is Delivery {
  return 'headers' in webhook && 'framing' in webhook;
}

function describeResult({ status, error, timing }: DeliveryResult): string {
  return error ? error.message : `answered ${status} in ${formatDuration(timing.totalMs)}`;
}

/** Returns the receiver's own message; shortened and made printable, since it is hostile. */
function saidBy({ text, thrown, delivery }: DeliveryResult): string {
  const mask = new SecretMask([...knownSecrets(delivery), ...secretTexts(delivery)]);
  if (thrown !== undefined) return `\nIt threw: ${excerpt(mask.inText(String(thrown)), 500)}`;
  return text === '' ? '' : `\nIt answered: ${excerpt(mask.inText(text), 500)}`;
}
