import type { Delivery } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Dialect, Provider } from '../core/provider.js';
import { seededRandom } from '../core/random.js';
import type { HashName } from '../core/scheme.js';
import { compileDeliverySync } from '../delivery/compile.js';
import { carriesSecret } from '../delivery/header.js';
import { lowerSignatures } from '../signing/messageSignature.js';
import type { ContentPart } from './contentPlans.js';
import type { Description } from './describeScheme.js';
import type { Material, Piece } from './material.js';
import type { Hit } from './search.js';
import type { SecretHit } from './secretItself.js';
import { overlap, type SignatureClaim } from './spans.js';
import { idKindOf, namesDelivery } from './valueKinds.js';

const hashOfLength: Record<number, HashName> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 48: 'sha384', 64: 'sha512' };

/** Returns the likeliest signature, with its most common method; nothing about it is proven. */
export function guessSignature(material: Material): Hit | undefined {
  const scored = material.claims
    .map((claim) => ({ claim, score: scoreOf(claim) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const claim = scored[0]?.claim;
  if (!claim) return undefined;
  const { bytes, encoding } = claim.readings.find((reading) => reading.bytes.length in hashOfLength)!;
  const hash = hashOfLength[bytes.length]!;
  const plan = { parts: guessedParts(material, claim) };
  if (/ed25519/i.test(claim.place.name))
    return { claim, plan, options: { scheme: 'ed25519', content: '', encoding }, secretAt: null };
  return {
    claim,
    plan,
    options: { scheme: 'hmac', hash, content: '', encoding },
    secretAt: null,
  };
}

/** A header that looks as if it were the secret itself. */
export function guessToken({ headers }: Material): SecretHit | undefined {
  for (const [index, [name, whole]] of headers.entries()) {
    if (!carriesSecret(name) || idKindOf(whole)?.kind === 'uuid4' || whole === '' || namesDelivery(name)) continue;
    if (/^Basic /i.test(whole)) continue;
    const start = /^(?:Bearer|Token|Key|ApiKey) /i.exec(whole)?.[0].length ?? 0;
    const place = { in: 'header' as const, index, name, whole, isNumber: false, start, end: whole.length };
    return { place, secretAt: 0, encodedAfter: null };
  }
  return undefined;
}

function scoreOf({ place, readings }: SignatureClaim): number {
  if (!readings.some(({ bytes }) => bytes.length in hashOfLength)) return 0;
  const isNamed =
    /sign|hmac|digest|(^|[-_])mac$|(^|[-_])sig$/i.test(place.name) || /^hmac|signature/i.test(place.whole);
  const isWhole = place.start === 0 || /[=:,\s]/.test(place.whole[place.start - 1]!);
  const is256 = readings.some(({ bytes }) => bytes.length === 32) ? 2 : 0;
  if (!isNamed || !isWhole) return 0;
  return (place.in === 'header' ? 10 : 4) + is256;
}

function guessedParts({ request, times, ids }: Material, { place }: SignatureClaim): ContentPart[] {
  const body: ContentPart = { is: 'given', name: 'body', bytes: request.body };
  const piece = (found: Piece): ContentPart => ({ is: 'piece', piece: found, bytes: found.text });
  const isSent = ({ places }: Piece) =>
    places.some((at) => at.in === place.in && at.in === 'header' && !overlap(at, place));
  const time = times.find((found) => isSent(found) && found.places.some((at) => /sign|time|stamp/i.test(at.name)));
  if (!time) return [body];
  const id = ids.find((found) => found.places.some((at) => /^(webhook|svix)-id$/i.test(at.name)));
  const dot: ContentPart = { is: 'text', bytes: '.' };
  return [...(id ? [piece(id), dot] : []), piece(time), dot, body];
}

/** A description to try, with the rest of a delivery. */
export interface Trial {
  readonly description: Pick<Description, 'headers' | 'values' | 'signatures' | 'fields' | 'query' | 'sentValues'>;
  readonly method: string;
  readonly dialect: Dialect;
  readonly event: string;
  /** The address that a delivery is sent to; `signedUrl` is the one that is signed. */
  readonly url: string;
  readonly signedUrl: string;
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
}

/** The delivery that a description makes with the values of a capture; the reason where it makes none. */
export function reproduce(trial: Trial): Delivery | string {
  const { description, body, event, url, signedUrl, secrets } = trial;
  try {
    const make = compileDeliverySync({
      provider: asProvider(trial),
      event,
      variant: null,
      url,
      publicUrl: signedUrl,
      secrets: secrets.map((value) => ({ value, source: 'capture', isSample: false })),
      headers: [],
    });
    return make({ now: 0, random: seededRandom(0), body, sentValues: description.sentValues });
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** A provider of which nothing is known but what its requests look like. */
function asProvider({ description, method, dialect, event }: Trial): Provider {
  const { headers, values, signatures, fields, query } = description;
  const inferred = { certainty: 'inferred', source: 'a capture' } as const;
  return {
    name: 'captured',
    title: 'Captured',
    docs: 'https://example.com/',
    defaultEvent: event,
    secret: { label: 'Secret', env: [], sample: 'sample' },
    method,
    values,
    ...lowerSignatures(signatures, headers),
    ...(fields.length > 0 && { fields }),
    ...(query.length > 0 && { query }),
    dialect,
    verifiesOver: 'raw',
    eventAt: null,
    events: {},
    identities: [],
    policy: {
      timeLimit: null,
      success: { value: '2xx', ...inferred },
      retry: null,
      resend: { value: [], ...inferred },
      disabling: null,
    },
  };
}
