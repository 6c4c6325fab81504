import type { Delivery } from '../core/delivery.js';
import type { FunctionScheme } from '../core/scheme.js';
import type { MakingOptions, PayloadOptions } from './project/callOptions.js';
import type { AnyProvider } from './providers.js';

/** The options by which one call of a prepared delivery differs from the others. */
export interface NextOptions extends Pick<MakingOptions, 'now'>, Pick<PayloadOptions<AnyProvider>, 'set' | 'unset'> {
  /** A JSON value in place of the prepared payload. */
  readonly payload?: object | string | number | boolean | null;
  /** A body in place of it, sent as it is. */
  readonly body?: string | Uint8Array;
}

/** A fresh delivery: at once, or where a function signs for the provider as a promise. */
export type FreshDelivery<P extends AnyProvider> = P extends { readonly signatures?: infer Signatures }
  ? [Extract<NonNullable<Signatures>[keyof NonNullable<Signatures>], FunctionScheme>] extends [never]
    ? Delivery
    : Delivery | Promise<Delivery>
  : Delivery;

/** Makes the next delivery, with its own id, time and signature. Throws a UsageError for invalid options. */
export type NextDelivery<P extends AnyProvider = AnyProvider> = (options?: NextOptions) => FreshDelivery<P>;
