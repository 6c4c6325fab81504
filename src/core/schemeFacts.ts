import type { Provider } from './provider.js';
import type { ClaimTemplate, HashScheme, JwtAlgorithm, MessageCoverage, SchemeOptions } from './scheme.js';

/** The kinds of key pairs that sign. */
export type KeyPairKind = 'ed25519' | 'ec' | 'rsa';

/** The kind of key pair that a scheme signs with; null where the secret is no private key. */
export function keyPairKind(options: SchemeOptions): KeyPairKind | null {
  switch (options.scheme) {
    case 'ed25519':
    case 'rsa':
      return options.scheme;
    case 'ecdsa':
      return 'ec';
    case 'jwt':
      return keyPairOfJwt(options.algorithm);
    default:
      return null;
  }
}

/** Returns whether any of a provider's signatures is made with a private key, of which the receiver holds the public half. */
export function hasKeyPair({ signatures }: Pick<Provider, 'signatures'>): boolean {
  return Object.values(signatures).some((options) => keyPairKind(options) !== null);
}

function keyPairOfJwt(algorithm: JwtAlgorithm): KeyPairKind | null {
  if (algorithm === 'EdDSA') return 'ed25519';
  if (algorithm === 'ES256') return 'ec';
  return algorithm.startsWith('HS') ? null : 'rsa';
}

/** Returns the names of the signatures that can't be made without the secret, unlike the digest of a body; all where there is none of them. */
export function keyedNames({ signatures }: Pick<Provider, 'signatures'>): string[] {
  const keyed: string[] = [];
  for (const [name, options] of Object.entries(signatures)) {
    const isOpen = options.scheme === 'digest' || options.scheme === 'crc32' || options.scheme === 'encoded';
    const isKeyed = !isOpen || ['secret', ...keyed].some((other) => options.content.includes(`{${other}}`));
    if (isKeyed) keyed.push(name);
  }
  return keyed.length > 0 ? keyed : Object.keys(signatures);
}

/** Returns whether a scheme is a hash, keyed or not, so that each side computes it. */
export function isHash(options: SchemeOptions): options is HashScheme {
  return options.scheme === 'hmac' || options.scheme === 'digest';
}

/** Returns the coverage of a signature by RFC 9421; undefined for other kinds of content. */
export function coverageOf(options: SchemeOptions | undefined): MessageCoverage | undefined {
  return options && 'covers' in options ? options.covers : undefined;
}

/** Returns whether the body holds the payload in another encoding that proves nothing. */
export function encodesPayload({ body, signatures }: Pick<Provider, 'body' | 'signatures'>): boolean {
  return Object.entries(signatures).some(
    ([name, options]) =>
      options.scheme === 'encoded' && options.content === '{body}' && body?.includes(`{${name}}`) === true,
  );
}

/** Returns whether a function makes one of a provider's signatures. */
export function signsByFunction({ signatures }: Pick<Provider, 'signatures'>): boolean {
  for (const name in signatures) if (signatures[name]!.scheme === 'custom') return true;
  return false;
}

/** The sources of all templates that go into a signature; of a function, all that it is given. */
export function contentSources(options: SchemeOptions): string[] {
  if (options.scheme === 'custom') return ['{method}', '{url}', '{event}', '{body}'];
  if (options.scheme !== 'jwt') return [options.content];
  return templateSources(options.claims);
}

/** The templates of a value of JSON. */
function templateSources(value: ClaimTemplate): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(templateSources) : [];
}

/** Describes a signature in a few words: `hex of HMAC-SHA256`. */
export function describeScheme(options: SchemeOptions): string {
  if (coverageOf(options)) return `HTTP message signature of RFC 9421 (${describeAlgorithm(options)})`;
  if (options.scheme === 'custom') return describeAlgorithm(options);
  if (options.scheme === 'jwt') return `JSON Web Token (${options.algorithm})`;
  return options.scheme === 'encoded' ? options.encoding : `${options.encoding} of ${describeAlgorithm(options)}`;
}

/** The name of a scheme's algorithm: `HMAC-SHA256`. */
export function describeAlgorithm(options: SchemeOptions): string {
  switch (options.scheme) {
    case 'hmac':
      return `HMAC-${options.hash.toUpperCase()}`;
    case 'digest':
      return options.hash.toUpperCase();
    case 'crc32':
      return 'CRC-32';
    case 'ecdsa':
      return `ECDSA-${options.hash.toUpperCase()}`;
    case 'rsa':
      return `RSA-${options.padding === 'pss' ? 'PSS-' : ''}${options.hash.toUpperCase()}`;
    case 'ed25519':
      return 'Ed25519';
    case 'jwt':
      return options.algorithm;
    case 'encoded':
      return 'the secret itself';
    case 'custom':
      return 'a function of its description';
  }
}
