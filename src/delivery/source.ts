import type { Delivery, Header } from '../core/delivery.js';
import type { Forgery } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { Secret } from '../core/secret.js';
import type { CompiledPayload } from '../payloads/compiled.js';

/** What deliveries of one event are compiled from, once for as many as are sent. */
export interface DeliverySource {
  readonly provider: Provider;
  /** The event's name as it goes on the wire. */
  readonly event: string;
  readonly variant: string | null;
  readonly url: string;
  /** The address by which the provider knows the receiver, where that is not `url`: what templates name, word for word. */
  readonly publicUrl?: string | undefined;
  /** The current secret first; at least one. */
  readonly secrets: readonly Secret[];
  /** The user's own headers. */
  readonly headers: readonly Header[];
  /** Lower-case names of own headers whose value is secret, whatever their name says. */
  readonly secretNames?: readonly string[];
  readonly framing?: Delivery['framing'];
  /** What is done wrong deliberately; by default nothing. */
  readonly forgery?: Forgery | null;
  /** The body of another event, for the forgery that takes its signature. */
  readonly otherBody?: Uint8Array;
}

/** What differs from one delivery to the next. */
export interface BuildContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  readonly body: Uint8Array;
  /** What the body was filled from, where it was. */
  readonly payload?: CompiledPayload;
  /** The delivery that is tried again: its id stays, and of its values those that the provider does not renew. */
  readonly again?: Delivery;
  /** The values of `again`, as far as they are known, where it was made in another run. */
  readonly kept?: ReadonlyMap<string, string>;
}
