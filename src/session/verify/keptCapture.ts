import type { Capture } from '../../capture/capture.js';
import { repeatedKeyNotes } from '../../capture/repeatedKeyNotes.js';
import type { Header } from '../../core/delivery.js';
import { formatMask, holdsMask, type MaskedValue } from '../../core/fingerprint.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import { randomFrom } from '../../core/random.js';
import type { Secret } from '../../core/secret.js';
import { withAddedQuery } from '../../delivery/addedQuery.js';
import type { NameOf } from '../../options/option.js';
import { tellsAddress } from '../../signing/covered.js';
import { keptRequest } from '../resend/keptRequest.js';
import { originalUrl, rebuildDelivery } from '../resend/rebuildDelivery.js';

/** The inputs for turning a logged delivery into a request. */
export interface KeptSource {
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  /** The target's current address, for the parts that were not kept; undefined where the target has no name. */
  readonly addressNow?: string | undefined;
  /** Headers that take the place of those that were kept. */
  readonly given: readonly Header[];
  readonly nameOf: NameOf;
}

/**
 * Returns a logged delivery as a captured request, at the time of its last attempt. A value that was not kept is restored where the current secrets
 * reproduce it, and stays masked otherwise. Throws a UsageError where its body was not kept.
 */
export async function keptCapture(
  entry: LogEntry,
  { provider, secrets, addressNow, given, nameOf }: KeptSource,
): Promise<Capture> {
  const request = keptRequest(entry);
  const at = Date.parse(entry.attempts.at(-1)!.startedAt);
  const address = originalUrl(entry, provider, addressNow);
  const sent = withAddedQuery(address, entry.url, originalUrl(entry, provider));
  const url = entry.publicUrl === null ? sent : withAddedQuery(entry.publicUrl, sent, address);
  const isMasked = entry.headers.some(([, value]) => typeof value !== 'string');
  const rebuilt = isMasked ? await rebuildHeaders() : [];
  const headers = entry.headers.map(([name, value]): Header => [name, textOf(name, value, rebuilt)]);
  const replaced = new Set(given.map(([name]) => name.toLowerCase()));
  const lost = entry.headers
    .filter(
      ([name, value]) =>
        isLost(name, value, rebuilt) && isProviderHeader(provider, name) && !replaced.has(name.toLowerCase()),
    )
    .map(([name]) => name);
  const notes = [
    ...(lost.length > 0
      ? [
          `Not judged: ${lost.join(', ')}. The log keeps no secret values, and these are not those of the secret in force; give them with ${nameOf('header')}.`,
        ]
      : []),
    ...(holdsMask(url) && tellsAddress(provider)
      ? [`The address is signed, and the log keeps no secret of it. Give the whole address with ${nameOf('url')}.`]
      : []),
    ...repeatedKeyNotes(request.body),
  ];
  return { request: { method: entry.method, url, headers, body: request.body }, at, notes };

  async function rebuildHeaders(): Promise<readonly Header[]> {
    const random = randomFrom(Buffer.alloc(16));
    const again = await rebuildDelivery(request, {
      provider,
      secrets,
      url: address,
      publicUrl: entry.publicUrl ?? undefined,
      now: at,
      random,
    });
    return again.headers;
  }
}

function textOf(name: string, value: string | MaskedValue, rebuilt: readonly Header[]): string {
  if (typeof value === 'string') return value;
  return matchMasked(name, value, rebuilt) ?? value.mask;
}

/** Returns whether a provider sends a header, and its owner did not add it. */
function isProviderHeader({ headers }: Provider, name: string): boolean {
  return headers.some(([own]) => own.toLowerCase() === name.toLowerCase());
}

function isLost(name: string, value: string | MaskedValue, rebuilt: readonly Header[]): boolean {
  return typeof value !== 'string' && matchMasked(name, value, rebuilt) === undefined;
}

function matchMasked(name: string, { mask }: MaskedValue, rebuilt: readonly Header[]): string | undefined {
  return rebuilt.find(([other, text]) => other.toLowerCase() === name.toLowerCase() && formatMask(text) === mask)?.[1];
}
