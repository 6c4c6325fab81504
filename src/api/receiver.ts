import { UsageError } from '../core/errors.js';
import type { Handler } from './inProcess/handler.js';

/** A receiver under test: a handler in this process, or the address of one that runs. */
export type Receiver = Handler | string | URL;

/** Returns the destination of deliveries: `to` for a handler, `url` for a running receiver. A handler keeps the URL that the options name. */
export function toDestination(receiver: Receiver): { readonly url: string | URL } | { readonly to: Handler } {
  return typeof receiver === 'string' || receiver instanceof URL ? { url: receiver } : { to: receiver };
}

/** Options whose `to` may be an address, with that as their `url`. Throws a UsageError for two addresses. */
export function withDestination<T extends { readonly to?: Receiver; readonly url?: string | URL }>(
  options: T,
): Omit<T, 'to'> & { readonly to?: Handler } {
  const { to, ...rest } = options;
  if (to === undefined) return rest;
  const destination = toDestination(to);
  if ('url' in destination && options.url !== undefined) {
    throw new UsageError('CONFLICT', 'options.to and options.url are two addresses. Give one of them.');
  }
  return { ...rest, ...destination };
}
