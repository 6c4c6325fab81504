import type { Provider } from '../core/provider.js';
import type { ForgeryName } from '../forge/forgeries.js';
import type { OptionKeys } from './assertOptions.js';
import type { PayloadSchema } from './payloadSchema.js';
import type { ConnectionOptions, MakingOptions, PayloadOptions, ProviderOptions } from './project/callOptions.js';
import type { AnyProvider, EventName } from './providers.js';
import type { Payload } from './samples.js';

/** What deliveries are made of, whatever their event. */
export interface SourceOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    MakingOptions,
    PayloadOptions<P>,
    Pick<ConnectionOptions, 'publicUrl'> {
  /**
   * Where it goes: `https://host/path`, `localhost:3000/path`. Without it, or with a path alone, the delivery is for a handler in this process,
   * where it is addressed to `http://localhost`.
   */
  readonly url?: string | URL;
  /** Something done wrong deliberately, by name. */
  readonly forge?: ForgeryName;
  /** What the payload has to satisfy before it is sent: a JSON Schema, or a schema of a library that knows Standard Schema. */
  readonly schema?: PayloadSchema;
}

/** What one delivery is made of. */
export interface DeliveryOptions<P extends AnyProvider, E extends EventName<P> = EventName<P>>
  extends SourceOptions<P> {
  /** The event's name; by default the provider's default event. */
  readonly event?: E;
  /** A custom payload: a JSON value, or a function that makes one of the sample. Written as the provider writes JSON. */
  readonly payload?: object | string | number | boolean | null | ((sample: Payload<P, E>) => unknown);
  /** A custom body, sent as it is. */
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
  exact: true,
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
