import type { Material } from './material.js';
import type { SpanPlace } from './spans.js';

/** A part of a request that is the secret itself, or reveals it. */
export interface SecretHit {
  readonly place: SpanPlace;
  readonly secretAt: number;
  /** The text before the secret, where both are encoded together in Base64; null where the secret is plain. */
  readonly encodedAfter: string | null;
}

/** Finds the secrets in a request: in its headers, as parameters of its URL, and as fields of its body. */
export function secretsIn(material: Material, secrets: readonly string[]): SecretHit[] {
  return [...secretsInHeaders(material, secrets), ...wholeSecrets(material, secrets)];
}

/** Finds secrets in headers: plain, after a word such as Bearer, or in basic auth. */
function secretsInHeaders({ headers }: Material, secrets: readonly string[]): SecretHit[] {
  return headers.flatMap(([name, whole], index): SecretHit[] => {
    const place = { in: 'header' as const, index, name, whole, isNumber: false };
    for (const [secretAt, secret] of secrets.entries()) {
      const word = /^[A-Za-z][A-Za-z0-9_-]{0,30}[ :=] ?/.exec(whole)?.[0] ?? '';
      if (secret !== '' && (whole === secret || whole === word + secret)) {
        return [
          { place: { ...place, start: whole.length - secret.length, end: whole.length }, secretAt, encodedAfter: null },
        ];
      }
      const basic = /^([A-Za-z]+ )?([A-Za-z0-9+/]{4,}={0,2})$/.exec(whole);
      const credentials = basic ? Buffer.from(basic[2]!, 'base64') : undefined;
      const text = credentials?.toString('utf8') ?? '';
      if (secret === '' || !text.endsWith(secret) || credentials!.toString('base64') !== basic![2]) continue;
      const before = text.slice(0, text.length - secret.length);
      if (before !== '' && !before.endsWith(':')) continue;
      if (/[\u0000-\u001f]/.test(before)) continue;
      return [
        {
          place: { ...place, start: whole.length - basic![2]!.length, end: whole.length },
          secretAt,
          encodedAfter: before,
        },
      ];
    }
    return [];
  });
}

/** Shorter texts are the same as one of a body by chance. */
const shortestField = 6;

/** The parameters and fields that are a secret. */
function wholeSecrets({ parameters, fields }: Material, secrets: readonly string[]): SecretHit[] {
  const found = [
    ...parameters.map(([name, whole], index) => ({ in: 'parameter' as const, index, name, whole, isNumber: false })),
    ...fields
      .filter(({ text }) => text.length >= shortestField)
      .map(({ path, text, isNumber }) => ({ in: 'field' as const, index: 0, name: path, whole: text, isNumber })),
  ];
  return found.flatMap((place): SecretHit[] => {
    const secretAt = secrets.indexOf(place.whole);
    if (secretAt < 0 || place.whole === '') return [];
    return [{ place: { ...place, start: 0, end: place.whole.length }, secretAt, encodedAfter: null }];
  });
}
