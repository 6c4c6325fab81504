import type { HandlerOptions } from '../inProcess/handler.js';
import type { Receiver } from '../receiver.js';

/** Where a call sends: a handler in this process, or a target. */
export interface DestinationOptions extends HandlerOptions {
  /** Where to: a handler in this process, an address (`localhost:3000/path`, a URL), `demo` for the built-in receiver, or a target of the config. */
  readonly to?: Receiver;
  /** Where a handler is addressed, such as `/webhooks`; `http://localhost/` by default. */
  readonly url?: string | URL;
}
