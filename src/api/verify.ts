import type { ReceivedRequest } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { senderProof } from '../core/senderProof.js';
import {
  type Verification,
  verifyReceived as verifyRequest,
  verifyReceivedAsync as verifyRequestAsync,
} from '../verify/verify.js';
import { assertOptions, type OptionKeys } from './assertOptions.js';
import type { ProviderOptions } from './project/callOptions.js';
import type { AnyProvider } from './providers.js';
import { resolveProvider, resolveProviderSync, withDescriptionErrors } from './resolveProvider.js';
import { type HeadersInput, headerPairs, parseCallAddress, readSecrets } from './settings.js';

export type { Verification };

/** A request as it came, and what it is verified by. */
export interface VerifyOptions extends ProviderOptions<AnyProvider> {
  /** As they came: a `Headers`, pairs, or an object such as `request.headers` of Node. Names in any letter case. */
  readonly headers: HeadersInput;
  /** The raw body, byte for byte; text is taken as UTF-8. */
  readonly body: string | Uint8Array;
  /** The secret itself, or several of which any may fit. */
  readonly secret: string | readonly string[];
  /** `POST` by default; for providers that sign it. */
  readonly method?: string;
  /** The address that the request was sent to, for providers that sign it. */
  readonly url?: string | URL;
}

const verifyKeys: OptionKeys<VerifyOptions> = {
  provider: true,
  headers: true,
  body: true,
  secret: true,
  method: true,
  url: true,
};

/**
 * Returns whether a request carries the provider's signature, and if not, why, in a sentence. The age of a signed time is not judged. Whatever came is
 * an answer, never an error; throws a UsageError for an unknown provider, a secret that is none, or a custom provider that signs with a
 * function, for which there is `verifyAsync`.
 */
export function verify(options: VerifyOptions): Verification {
  assertOptions(options, verifyKeys);
  const provider = resolveProviderSync(options.provider);
  const { request, secrets } = read(options, provider);
  return withDescriptionErrors(provider, () => unprovable(provider) ?? verifyRequest(provider, request, secrets));
}

/** As `verify`, also for custom providers that sign with a function. */
export async function verifyAsync(options: VerifyOptions): Promise<Verification> {
  assertOptions(options, verifyKeys);
  const provider = await resolveProvider(options.provider);
  const { request, secrets } = read(options, provider);
  return unprovable(provider) ?? verifyRequestAsync(provider, request, secrets);
}

/** The verdict on all requests of a provider that proves nothing; null for any other. */
function unprovable(provider: Provider): Verification | null {
  if (senderProof(provider) !== 'nothing') return null;
  return { ok: false, reason: `nothing in a request of ${provider.title} proves who sent it` };
}

function read(options: VerifyOptions, provider: Provider): { request: ReceivedRequest; secrets: string[] } {
  const { headers, body, secret, method, url } = options;
  const request = {
    method: method ?? provider.method,
    url: parseCallAddress(url).url,
    headers: headerPairs(headers),
    body: Buffer.from(body as Uint8Array),
  };
  const secrets = readSecrets({ secret }, provider).map(({ value }) => value);
  return { request, secrets };
}
