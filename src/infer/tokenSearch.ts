import { createHash, type KeyObject } from 'node:crypto';
import type { HashName, JwtAlgorithm, JwtScheme } from '../core/scheme.js';
import { isSignedJwt, readClaims } from '../signing/jwt.js';
import { verifyingKey } from '../signing/signingKey.js';
import type { ContentPart } from './contentPlans.js';
import type { KeyWay } from './keyWays.js';
import type { Material } from './material.js';
import type { ClaimTargets, Hit } from './search.js';
import type { SpanPlace } from './spans.js';
import { idKindOf, timeSpecOf } from './valueKinds.js';

const algorithms = ['HS256', 'HS384', 'HS512', 'ES256', 'RS256', 'RS384', 'RS512', 'PS256', 'EdDSA'];
const shape = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
const maxClaims = 30;

/** Finds JSON Web Tokens in the headers that a secret has signed, and reads what they claim. */
export function tryTokens(
  material: Material,
  ways: readonly KeyWay[],
  secrets: readonly string[],
  targets: ClaimTargets,
): Hit[] {
  return material.headers.flatMap(([name, whole], index): Hit[] => {
    const match = shape.exec(whole);
    if (!match) return [];
    const [token] = match;
    const place: SpanPlace = {
      in: 'header',
      index,
      name,
      whole,
      start: match.index,
      end: match.index + token.length,
      isNumber: false,
    };
    const read = readToken(token, material);
    const signer = read && findSigner(read.options, token, ways, secrets);
    if (!read || !signer) return [];
    const claim = { place, text: token, readings: [] };
    targets.close(claim);
    const { secretAt, steps } = signer;
    const options: JwtScheme = { ...read.options, ...(steps.length > 0 && { key: steps }) };
    return [{ claim, plan: { parts: [] }, options, secretAt, claims: read.claims }];
  });
}

function findSigner(
  options: JwtScheme,
  token: string,
  ways: readonly KeyWay[],
  secrets: readonly string[],
): Pick<KeyWay, 'secretAt' | 'steps'> | undefined {
  if (options.algorithm.startsWith('HS')) return ways.find(({ key }) => isSignedJwt(options, key, token));
  const secretAt = secrets.findIndex((secret) => {
    try {
      return isSignedJwt(options, verifyingKey(options, secret) as KeyObject, token);
    } catch {
      return false;
    }
  });
  return secretAt < 0 ? undefined : { secretAt, steps: [] };
}

/** Returns a token's scheme and claims; undefined where a description can't express them. */
function readToken(
  token: string,
  material: Material,
): { options: JwtScheme; claims: NonNullable<Hit['claims']> } | undefined {
  const knownClaims = readClaims(token);
  const head = parseHead(token);
  if (!knownClaims || !head || Object.keys(knownClaims).length > maxClaims) return undefined;
  const { alg, ...header } = head;
  if (!algorithms.includes(String(alg)) || !Object.values(header).every((value) => typeof value === 'string'))
    return undefined;
  const claims: [string, { parts: ContentPart[]; isNumber: boolean }][] = [];
  for (const [name, value] of Object.entries(knownClaims)) {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    claims.push([name, { parts: [buildPart(name, String(value), material)], isNumber: typeof value === 'number' }]);
  }
  return {
    options: { scheme: 'jwt', algorithm: alg as JwtAlgorithm, header: header as Record<string, string>, claims: {} },
    claims: Object.fromEntries(claims),
  };
}

function buildPart(name: string, text: string, { request: { body } }: Material): ContentPart {
  for (const hash of ['sha256', 'sha512', 'sha1', 'md5'] as const satisfies readonly HashName[]) {
    const digest = createHash(hash).update(body).digest();
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      if (digest.toString(encoding) === text) return { is: 'hash', hash, encoding, bytes: text };
  }
  if (/^(iat|nbf)$/.test(name) && timeSpecOf(text))
    return { is: 'piece', piece: { role: 'time', text, places: [] }, bytes: text };
  if (name === 'jti' && idKindOf(text)) return { is: 'piece', piece: { role: 'id', text, places: [] }, bytes: text };
  return { is: 'text', bytes: text };
}

function parseHead(token: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.', 1)[0]!, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
