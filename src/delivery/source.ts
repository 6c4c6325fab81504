import type { Delivery, Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Forgery, ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { Secret } from '../core/secret.js';
import type { FailedOutcome } from '../core/template.js';
import type { CompiledPayload } from '../payloads/compiled.js';
import type { SigningKey } from '../signing/key.js';
import { anotherKey, lenientKey, signingKey } from '../signing/signingKey.js';

/** The source from which deliveries of one event are compiled, once for all of them. */
export interface DeliverySource {
  readonly provider: Provider;
  /** The event of the body, by the name that people type. */
  readonly event: string;
  readonly variant: string | null;
  readonly url: string;
  /** The address by which the provider knows the receiver, where that is not `url`: used by templates, word for word. */
  readonly publicUrl?: string | undefined;
  /** The current secret first; at least one. */
  readonly secrets: readonly Secret[];
  /** The user's own headers. */
  readonly headers: readonly Header[];
  /** Lower-case names of own headers whose value is secret, whatever their name says. */
  readonly secretNames?: readonly string[];
  /** Texts of values that the receiver's owner chose, by their names; they are secret. */
  readonly given?: ReadonlyMap<string, string>;
  readonly framing?: Delivery['framing'];
  /** The deliberate fault; by default none. */
  readonly forgery?: Forgery | null;
  /** The body of another event, for the forgery that takes its signature. */
  readonly otherBody?: Uint8Array;
}

/** An attempt that a delivery is made for. */
export interface AttemptContext {
  /** From 1. */
  readonly number: number;
  /** The outcome of the previous attempt; null where it is the first. */
  readonly after: FailedOutcome | null;
}

/** The attempt that needs no other before it. */
export const firstAttempt: AttemptContext = { number: 1, after: null };

/** The data that differ from one delivery to the next. */
export interface BuildContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  readonly body: Uint8Array;
  /** The payload from which the body was filled, if any. */
  readonly payload?: CompiledPayload;
  /** The attempt that it is made for, and the outcome of the previous one; by default the first. */
  readonly attempt?: AttemptContext;
  /** The delivery that is tried again: its id stays, and of its values those that the provider does not renew. */
  readonly again?: Delivery;
  /** The values of `again`, as far as they are known, where it was made in another run. */
  readonly sentValues?: ReadonlyMap<string, string>;
}

/** Splits `http://user:password@host` into the URL without them and the header that they become, as in a browser. */
export function splitCredentials(text: string): { url: string; credentials: Header[] } {
  const url = new URL(text);
  if (!url.username && !url.password) return { url: url.href, credentials: [] };
  const pair = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new UsageError(
      'BAD_TARGET',
      'The user name or password in the URL has a "%" that is not followed by two hex digits. Write %25 for a percent sign.',
      { cause },
    );
  }
}

/** The secrets' texts as templates see them, and for each signature the key of each secret. */
export interface Keys {
  readonly secrets: readonly string[];
  readonly keys: ReadonlyMap<string, readonly SigningKey[]>;
}

/** Derives the keys of a provider's signatures; a forgery of the secret puts false ones in their place. */
export function readKeys(provider: Provider, given: readonly Secret[], change: ForgeryChange | null): Keys {
  const forged = change?.stage === 'secret' ? change.with : null;
  const secrets = given.map(({ value }) => falseText(forged, value, provider.secret.sample));
  const keys = Object.entries(provider.signatures).map(([name, options]): [string, SigningKey[]] => [
    name,
    given.map(({ value }, at) => {
      if (forged === 'another' || change?.stage === 'foreign key') return anotherKey(options, value);
      if (typeof forged === 'object' && forged !== null)
        return forged.isKey ? Buffer.from(forged.text) : lenientKey(options, forged.text);
      return signingKey(options, secrets[at]!);
    }),
  ]);
  return { secrets, keys: new Map(keys) };
}

function falseText(
  forged: (ForgeryChange & { stage: 'secret' })['with'] | null,
  secret: string,
  sample: string,
): string {
  if (forged === null) return secret;
  if (forged === 'sample') return sample;
  return forged === 'another' ? `another-${secret}` : forged.text;
}
