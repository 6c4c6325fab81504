import type { Delivery, Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { holdsMask } from '../../core/fingerprint.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Renewal } from '../../core/policy.js';
import type { Provider } from '../../core/provider.js';
import type { Random } from '../../core/random.js';
import { contentSources, signsByFunction } from '../../core/schemeFacts.js';
import type { Secret } from '../../core/secret.js';
import { fitsMasked } from '../../core/secretParameters.js';
import { templateNames } from '../../core/template.js';
import { withAddedQuery } from '../../delivery/addedQuery.js';
import { compileDelivery } from '../../delivery/compile.js';
import { assertOpened, openBody } from '../../delivery/openedBody.js';
import { payloadRequest, receiverUrl } from '../../delivery/queryPayload.js';
import type { NameOf } from '../../options/option.js';
import { coveredBy } from '../../signing/covered.js';
import { extract } from '../../signing/extract.js';
import { readHeaderTemplates } from '../../signing/templates.js';
import { extractFieldValues, extractQueryValues } from '../../verify/parseSignedRequest.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { type KeptRequest, keyOf } from './keptRequest.js';

/** The inputs for rebuilding parts of a delivery. */
export interface DeliveryBuilder {
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  /** The target without user name and password, and without the provider's query parameters. */
  readonly url: string;
  /** The address by which the provider knows the receiver, where that is another. */
  readonly publicUrl?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  /** The user's headers, with their values. */
  readonly typed?: readonly Header[];
}

/**
 * Returns the target of a kept delivery without the provider's query parameters; `now`, where it is that address with the secrets that were not kept.
 */
export function originalUrl({ url }: LogEntry, provider: Provider, now?: string): string {
  const then = receiverUrl(provider, url);
  return now !== undefined && fitsMasked(now, then) ? now : then;
}

/** Returns what a resend of a provider's makes again, by its policy; a signature also where the URL that it covers is another. */
export function renewedParts(
  { entry }: KeptRequest,
  { provider, url, publicUrl = url }: DeliveryBuilder,
): readonly Renewal[] {
  const signsUrl = Object.values(provider.signatures)
    .flatMap(contentSources)
    .some((content) => /\{(url|host|path|query)\}/.test(content));
  const renewals = provider.policy.resend.value;
  return signsUrl && publicUrl !== originalAddress(entry, { provider, url, publicUrl })
    ? [...renewals, 'signature']
    : renewals;
}

/** The address by which the provider knew the receiver of a kept delivery. */
function originalAddress(
  entry: LogEntry,
  { provider, url, publicUrl }: Pick<DeliveryBuilder, 'provider' | 'url' | 'publicUrl'>,
): string {
  return originalPublicUrl(entry, publicUrl) ?? originalUrl(entry, provider, url);
}

/** Returns the public URL of a kept delivery, completed from `now` where secrets were not kept. */
function originalPublicUrl({ publicUrl }: LogEntry, now: string | undefined): string | null {
  return publicUrl !== null && now !== undefined && fitsMasked(now, publicUrl) ? now : publicUrl;
}

/** Returns whether a provider's signature covers the value of a header that is not its secret. */
export function coversHeader(provider: Provider, header: string): boolean {
  const template = readHeaderTemplates(provider).find(({ name }) => name.toLowerCase() === header.toLowerCase());
  const written = template ? templateNames([...template.head, ...template.each]) : [];
  const { names } = coveredBy(provider);
  return written.some((name) => name in provider.values && (names.has(name) || signsByFunction(provider)));
}

/** Makes a kept delivery as it was: with secrets in their places again, and nothing renewed. */
export function withOriginalValues<T extends DeliveryBuilder>(maker: T): T {
  const { provider } = maker;
  const { policy } = provider;
  return { ...maker, provider: { ...provider, policy: { ...policy, resend: { ...policy.resend, value: [] } } } };
}

/** Returns what a provider makes of a kept delivery: the values that it does not renew are those of then. */
export async function rebuildDelivery({ entry, body: sent }: KeptRequest, maker: DeliveryBuilder): Promise<Delivery> {
  const { provider, secrets, url, publicUrl, now, random, typed = [] } = maker;
  const { event, variant } = entry;
  await openKept({ entry, body: sent }, maker);
  const { body } = payloadRequest(provider, { url: entry.url, body: sent });
  const values = new Map<string, string>();
  for (const template of readHeaderTemplates(provider)) {
    const isIts = ([name]: readonly [string, unknown]) => name.toLowerCase() === template.name.toLowerCase();
    const text = (typed.find(isIts) ?? entry.headers.find(isIts))?.[1];
    for (const [name, value] of (typeof text === 'string' && extract(template, text)) || []) {
      if (name in provider.values) values.set(name, value);
    }
  }
  for (const [name, value] of [...extractQueryValues(provider, entry.url), ...extractFieldValues(provider, body)]) {
    if (name in provider.values) values.set(name, value);
  }
  const make = compileDelivery({ provider, event, variant, url, publicUrl, secrets, headers: [] });
  return make({ now, random, body, sentValues: values });
}

/** Opens the body of a kept delivery, where a function has to. Throws a UsageError where none of the secrets does. */
export async function openKept(
  { entry, body }: KeptRequest,
  { provider, secrets }: Pick<DeliveryBuilder, 'provider' | 'secrets'>,
): Promise<void> {
  const headers = entry.headers.filter((header): header is Header => typeof header[1] === 'string');
  const values = secrets.map(({ value }) => value);
  await openBody(provider, { method: entry.method, url: entry.url, headers, body }, values);
  assertOpened(provider, body, keyOf(entry));
}

/** The headers with those that the provider makes for each delivery put in again. */
export function withRebuilt(headers: readonly Header[], again: Delivery, maker: DeliveryBuilder): Header[] {
  const rebuilt = new Map(again.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const fixed = readHeaderTemplates(maker.provider)
    .filter(({ head, each }) => templateNames([...head, ...each]).length === 0)
    .map(({ name }) => name.toLowerCase());
  return headers.map(([name, value]) => {
    const key = name.toLowerCase();
    return [name, fixed.includes(key) ? value : (rebuilt.get(key) ?? value)];
  });
}

/** Throws a UsageError where the current secrets are not those that signed a kept delivery. */
export async function assertSameSecret(
  headers: readonly Header[],
  request: KeptRequest,
  { nameOf, ...maker }: DeliveryBuilder & { readonly nameOf: NameOf },
): Promise<void> {
  const { entry } = request;
  const { provider, secrets } = maker;
  const address = originalUrl(entry, provider, maker.url);
  const publicUrl = originalPublicUrl(entry, maker.publicUrl);
  const isHidden = request.isMasked || holdsMask(entry.url);
  const { url, body } = isHidden
    ? await rebuildDelivery(request, withOriginalValues({ ...maker, url: address, publicUrl: publicUrl ?? undefined }))
    : { url: entry.url, body: request.body };
  const signed = publicUrl === null ? url : withAddedQuery(publicUrl, url, address);
  if (await isSignedWith(headers, { entry, body }, signed, maker)) return;
  throw new UsageError(
    'OTHER_SECRET',
    `${provider.title} renews parts of ${keyOf(entry)}, but it was not signed with the secret of ${secrets[0]!.source}. Name the one to sign with: ${nameOf('secret')}. Or send it as it was: ${nameOf('exact')}.`,
  );
}

/** Returns whether the current secrets made the signature of a kept delivery. */
export async function isSignedWith(
  headers: readonly Header[],
  { entry, body }: KeptRequest,
  url: string,
  { provider, secrets }: Pick<DeliveryBuilder, 'provider' | 'secrets'>,
): Promise<boolean> {
  const values = secrets.map(({ value }) => value);
  return (await verifyReceivedAsync(provider, { method: entry.method, url, headers, body }, values)).ok;
}
