import type { Header } from '../core/delivery.js';
import { compileDeliverySync } from '../delivery/compile.js';
import { readEvent } from '../payloads/prepare.js';
import { assertOptions, type OptionKeys } from './assertOptions.js';
import type { MakingOptions, ProviderOptions } from './project/callOptions.js';
import type { AnyProvider, EventName } from './providers.js';
import { resolveEvent, resolveProviderSync, withDescriptionErrors } from './resolveProvider.js';
import { clockAt, parseCallAddress, readSecrets } from './settings.js';
import { createRandom } from './world.js';

/** The request to sign. */
export interface SignOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    Pick<MakingOptions, 'secret' | 'now' | 'seed'> {
  /** The body: bytes, or text, which is taken as UTF-8. */
  readonly body: string | Uint8Array;
  /** The event's name; by default the one in the body, else the default event. */
  readonly event?: EventName<P>;
  /** Its address, for providers that sign that. */
  readonly url?: string | URL;
}

const signKeys: OptionKeys<SignOptions<AnyProvider>> = {
  provider: true,
  body: true,
  secret: true,
  event: true,
  url: true,
  now: true,
  seed: true,
};

/**
 * The headers that a provider sends with a body, its signature among them, in its order and letter case. Throws a UsageError; also for a
 * custom provider that signs with a function, for which there is `createDelivery` with a `body`.
 */
export function sign<const P extends AnyProvider>(options: SignOptions<P>): readonly Header[] {
  assertOptions(options, signKeys);
  const provider = resolveProviderSync(options.provider);
  const body = Buffer.from(options.body as Uint8Array);
  const event = options.event === undefined ? undefined : resolveEvent(provider, options.event);
  const { url } = parseCallAddress(options.url);
  const secrets = readSecrets(options, provider);
  const now = clockAt(options.now)();
  const random = createRandom(options.seed);
  return withDescriptionErrors(provider, () => {
    const eventName = event ?? readEvent(provider, body, provider.defaultEvent) ?? provider.defaultEvent;
    const make = compileDeliverySync({ provider, event: eventName, variant: null, url, secrets, headers: [] });
    return make({ now, random, body }).headers;
  });
}
