import type { Delivery } from '../core/delivery.js';
import { assertOptions, type OptionKeys } from './assertOptions.js';
import { type JudgeOptions, judgeKeys } from './deliveryOptions.js';
import {
  type FastifyApp,
  type FetchHandler,
  type FetchObject,
  type Handler,
  type HandlerOptions,
  handlerKeys,
  type KoaApp,
  type LambdaFunction,
  type NodeListener,
  type NodeServer,
} from './inProcess/handler.js';
import type { DeliveryResult } from './result.js';

/** The options by which a delivery is passed to a handler and judged. */
export interface DeliverOptions extends HandlerOptions, JudgeOptions {}

const deliverKeys: OptionKeys<DeliverOptions> = { ...judgeKeys, ...handlerKeys };

/** A delivery that waits for its handler. */
export interface Deliverable {
  /**
   * Hands the delivery to a handler in this process and resolves with the result, as `send` does: without a port. A handler that
   * throws is the outcome `broken` with what it threw in `thrown`, one that does not answer in time `timed_out`. Node listeners and servers
   * get the bytes over a connection in memory, through Node's own parser; Fetch handlers get a `Request`, functions an event.
   */
  to(handler: FetchHandler, options?: DeliverOptions): Promise<DeliveryResult>;
  to(handler: NodeListener, options?: DeliverOptions): Promise<DeliveryResult>;
  to(handler: FetchObject | FastifyApp | KoaApp | NodeServer, options?: DeliverOptions): Promise<DeliveryResult>;
  to(
    handler: LambdaFunction,
    options: DeliverOptions & { readonly as: NonNullable<DeliverOptions['as']> },
  ): Promise<DeliveryResult>;
}

/** Delivers to a handler in this process: `await deliver(delivery).to(app)`. */
export function deliver(delivery: Delivery): Deliverable {
  return { to: (handler: Handler, options: DeliverOptions = {}) => dispatchToHandler(delivery, handler, options) };
}

/** Hands a delivery to a handler. */
export async function dispatchToHandler(
  delivery: Delivery,
  handler: Handler,
  options: DeliverOptions = {},
): Promise<DeliveryResult> {
  assertOptions(options, deliverKeys);
  const [{ transportFor }, { carryDelivery }] = await Promise.all([
    import('./inProcess/transportFor.js'),
    import('./carryDelivery.js'),
  ]);
  const thrown: unknown[] = [];
  const transport = await transportFor(handler, options, (error) => thrown.push(error));
  return carryDelivery(delivery, options, transport, thrown);
}
