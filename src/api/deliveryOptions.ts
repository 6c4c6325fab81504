import type { Dialect, Provider } from '../core/provider.js';
import type { ForgeryName } from '../forge/forgeries.js';
import type { Freshness } from '../payloads/renewal.js';
import type { OptionKeys } from './assertOptions.js';
import type { PayloadSchema } from './payloadSchema.js';
import type { AnyProvider, EventName, VariantName } from './providers.js';
import type { Payload } from './samples.js';
import type { HeadersInput } from './settings.js';

/** What deliveries are made of, whatever their event. */
export interface SourceOptions<P extends AnyProvider> {
  /** A provider's name, or one of your own. */
  readonly provider: P;
  /**
   * Where it goes: `https://host/path`, `localhost:3000/path`. Without it, or with a path alone, the delivery is for a handler in this process,
   * where it is addressed to `http://localhost`.
   */
  readonly url?: string | URL;
  /** The address by which the provider knows the receiver, word for word, where that is another than `url`; for providers that sign it. */
  readonly publicUrl?: string | URL;
  /** The secret itself, or several with the current one first; by default the provider's sample secret. */
  readonly secret?: string | readonly string[];
  /** Another form of the payload. */
  readonly variant?: VariantName<P>;
  /** Values to put in place of others in the payload, by path (`data.items[0].price`); each place has to be there. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Paths to remove from the payload. */
  readonly unset?: readonly string[];
  /** Headers to add, or to put in place of the provider's; an empty value removes. */
  readonly header?: HeadersInput;
  /** Something done wrong on purpose, by name. */
  readonly forge?: ForgeryName;
  /** What is made fresh: the ids that receivers de-duplicate on and the event's time (`ids`, the default), the whole story, or nothing. */
  readonly fresh?: Freshness;
  /** Whose JSON the body is, in place of the provider's own. */
  readonly dialect?: Dialect;
  /** A whole number that makes ids and random values repeatable. */
  readonly seed?: number;
  /** The time that the delivery tells: a Date, milliseconds since 1970, or a text: ISO 8601 or Unix seconds. */
  readonly now?: Date | number | string;
  /** What the payload has to satisfy before it is sent: a JSON Schema, or a schema of a library that knows Standard Schema. */
  readonly schema?: PayloadSchema;
}

/** What one delivery is made of. */
export interface DeliveryOptions<P extends AnyProvider, E extends EventName<P> = EventName<P>>
  extends SourceOptions<P> {
  /** The event's name; by default the provider's flagship. */
  readonly event?: E;
  /** A payload of your own: a JSON value, or a function that makes one of the sample. Written as the provider writes JSON. */
  readonly payload?: object | string | number | boolean | null | ((sample: Payload<P, E>) => unknown);
  /** A body of your own, sent as it is. */
  readonly body?: string | Uint8Array;
}

/** The options without the types of their provider. */
export type AnyDeliveryOptions = Omit<DeliveryOptions<Provider>, 'provider' | 'payload'> & {
  readonly provider: AnyProvider;
  readonly payload?: unknown;
};

/** The names of `SourceOptions`. */
export const sourceKeys: OptionKeys<SourceOptions<AnyProvider>> = {
  provider: true,
  url: true,
  publicUrl: true,
  secret: true,
  variant: true,
  set: true,
  unset: true,
  header: true,
  forge: true,
  fresh: true,
  dialect: true,
  seed: true,
  now: true,
  schema: true,
};

/** The names of `DeliveryOptions`. */
export const deliveryKeys: OptionKeys<DeliveryOptions<AnyProvider>> = {
  ...sourceKeys,
  event: true,
  payload: true,
  body: true,
};
