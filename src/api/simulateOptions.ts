import type { OptionKeys } from './assertOptions.js';
import { type DeliveryOptions, type SendOptions, type SourceOptions, sendKeys, sourceKeys } from './deliveryOptions.js';
import { type HandlerOptions, handlerKeys } from './inProcess/handler.js';
import type { RepetitionOptions } from './project/callOptions.js';
import type { AnyProvider, EventName } from './providers.js';
import type { Receiver } from './receiver.js';

/** The deliveries of a run, and their target. */
export interface SimulateOptions<P extends AnyProvider>
  extends SourceOptions<P>,
    Pick<DeliveryOptions<P>, 'body'>,
    RepetitionOptions,
    Omit<SendOptions, 'provider'>,
    HandlerOptions {
  /** The events of a round, in order; by default all of the provider's. */
  readonly events?: readonly EventName<P>[];
  /** The number of rounds; 1 by default. */
  readonly count?: number;
  /** The destination: an address, in place of `url`, or a handler in this process, which is addressed by `url`. */
  readonly to?: Receiver;
}

/** The names of `SimulateOptions`. */
export const simulateKeys: OptionKeys<SimulateOptions<AnyProvider>> = {
  ...sourceKeys,
  ...sendKeys,
  ...handlerKeys,
  body: true,
  events: true,
  count: true,
  duplicate: true,
  concurrency: true,
  to: true,
};
