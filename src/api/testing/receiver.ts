import type { Handler, HandlerOptions } from '../inProcess/handler.js';

/** A receiver under test: a handler in this process, or the URL of one that runs. */
export type Receiver = Handler | string | URL;

/** Where deliveries go: `to` for a handler, `url` for a receiver that runs. A handler keeps the URL that the options name. */
export function destinationOf(receiver: Receiver): { readonly url: string | URL } | { readonly to: Handler } {
  return typeof receiver === 'string' || receiver instanceof URL ? { url: receiver } : { to: receiver };
}

export type { Handler, HandlerOptions };
