import type { HandlerOptions } from '../inProcess/handler.js';
import type { Receiver } from '../receiver.js';

/** The destination of a call: a handler in this process, or a target. */
export interface DestinationOptions extends HandlerOptions {
  /**
   * The destination: a handler in this process, an address (`localhost:3000/path`, a URL), `demo` for the built-in receiver, or a target of the
   * config.
   */
  readonly to?: Receiver;
  /** An address, in place of `to`; or where a handler is addressed, such as `/webhooks` (`http://localhost/` by default). */
  readonly url?: string | URL;
}

/** The names of those that no command has; a call reads them itself. */
export const destinationKeys = ['url', 'as', 'args', 'base64'] as const;
