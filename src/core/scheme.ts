import type { Plain } from './plain.js';

export type HashName = (typeof hashNames)[number];

/** The hashes that schemes know. */
export const hashNames = ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-384', 'sha3-512'] as const;

export type Encoding = 'hex' | 'HEX' | 'base64' | 'base64url';

/** A part of a text: all before or after the first occurrence of a separator, such as `before::` of `user:password`. */
export type TextPart = `before:${string}` | `after:${string}`;

/**
 * One step that turns the text of a secret into key bytes: `strip:whsec_`, `before::`, `after::` (the text before or after the first colon) and
 * `nfkd` of text, then at most one that decodes, then `hash:sha1` of bytes.
 */
export type KeyStep = `strip:${string}` | TextPart | 'nfkd' | 'base64' | 'base64url' | 'hex' | `hash:${HashName}`;

/** The algorithms of RFC 9421 that are supported, by the names of its registry. */
export const messageAlgorithms = [
  'hmac-sha256',
  'ed25519',
  'ecdsa-p256-sha256',
  'rsa-pss-sha512',
  'rsa-v1_5-sha256',
] as const;
export type MessageAlgorithm = (typeof messageAlgorithms)[number];

/** The parameters of a signature by RFC 9421. */
export const messageParameters = ['created', 'expires', 'keyid', 'alg', 'nonce', 'tag'] as const;

/** The parts of an HTTP message that a signature by RFC 9421 covers. */
export interface MessageCoverage {
  /** In order: derived components such as `@method`, and names of headers in lower case. */
  readonly components: readonly string[];
  /** Templates by the name of the parameter, in order. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * An HTTP message signature (RFC 9421), as descriptions tell it. `completeProvider` makes a scheme of its algorithm of it, whose content is
 * the signature base, and puts the text of `{name.input}` into the headers.
 */
export interface MessageSignatureScheme extends MessageCoverage {
  readonly scheme: 'rfc9421';
  readonly algorithm: MessageAlgorithm;
  /** Steps from the secret's text to the key, for hmac-sha256 and ed25519. */
  readonly key?: readonly KeyStep[];
}

/** A keyed hash over `content`, a template whose text is the signed bytes. */
export interface HmacScheme {
  readonly scheme: 'hmac';
  readonly hash: HashName;
  readonly content: string;
  readonly encoding: Encoding;
  /** Steps from the secret's text to the key; none means the text's UTF-8 bytes. */
  readonly key?: readonly KeyStep[];
  /** The parts that make up the content, by RFC 9421. */
  readonly covers?: MessageCoverage;
}

/** A plain hash over `content`, which may hold the secret itself (`{secret}`). */
export interface DigestScheme {
  readonly scheme: 'digest';
  readonly hash: HashName;
  readonly content: string;
  readonly encoding: Encoding;
}

/** The CRC-32 of `content`, in decimal digits or in hex: no proof by itself, but a part of the content of others. */
export interface Crc32Scheme {
  readonly scheme: 'crc32';
  readonly content: string;
  readonly encoding: 'decimal' | 'hex' | 'HEX';
}

/** `content`, or a part of it, in another encoding and nothing more, such as the `user:password` of basic auth. */
export interface EncodedScheme {
  readonly scheme: 'encoded';
  readonly content: string;
  /** Of a secret that is two texts, the one that is meant. */
  readonly part?: TextPart;
  /** `form` is as fields of `application/x-www-form-urlencoded` are written. */
  readonly encoding: Encoding | 'text' | 'form';
}

/** An Ed25519 signature of `content`. The secret is the private key. */
export interface Ed25519Scheme {
  readonly scheme: 'ed25519';
  readonly content: string;
  readonly encoding: Encoding;
  /** Steps to the bytes of the private key, for secrets that are no PEM: its first 32 bytes count. */
  readonly key?: readonly KeyStep[];
  /** The parts that make up the content, by RFC 9421. */
  readonly covers?: MessageCoverage;
}

/** An ECDSA signature of `content` on P-256: as DER, or as the two numbers one after the other. The secret is the private key. */
export interface EcdsaScheme {
  readonly scheme: 'ecdsa';
  readonly hash: HashName;
  readonly form: 'der' | 'numbers';
  readonly content: string;
  readonly encoding: Encoding;
  /** The parts that make up the content, by RFC 9421. */
  readonly covers?: MessageCoverage;
}

/** An RSA signature of `content`. The secret is the private key. */
export interface RsaScheme {
  readonly scheme: 'rsa';
  readonly hash: HashName;
  readonly padding: 'pkcs1' | 'pss';
  readonly content: string;
  readonly encoding: Encoding;
  /**
   * `made of the secret`: the secret is no key but what both sides know besides, such as the id of the webhook; the key pair is the one that it makes as
   * a seed.
   */
  readonly keyPair?: 'made of the secret';
  /** The parts that make up the content, by RFC 9421. */
  readonly covers?: MessageCoverage;
}

/** A template that is written into JSON as a text or, as `number` or `json`, without quotes: a number, or any value. */
export type JsonTemplate = string | { readonly number: string } | { readonly json: string };

/** The text of a template. */
export function templateSource(template: JsonTemplate): string {
  if (typeof template === 'string') return template;
  return 'number' in template ? template.number : template.json;
}

/** The JSON type that a template's text becomes. */
export type JsonTemplateKind = 'text' | 'number' | 'json';

/** Returns the JSON type that a template's text becomes. */
export function jsonTemplateKind(template: JsonTemplate): JsonTemplateKind {
  if (typeof template === 'string') return 'text';
  return 'number' in template ? 'number' : 'json';
}

/** A JSON value whose texts are templates; an object that holds only `number` or `json`, a template, becomes the value that its text writes. */
export type ClaimTemplate = Plain;

/** Returns whether a value is a template for a text, a number or other JSON. */
export function isJsonTemplate(value: ClaimTemplate): value is JsonTemplate {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [[key, member] = [], ...others] = Object.entries(value);
  return (key === 'number' || key === 'json') && typeof member === 'string' && others.length === 0;
}

export type JwtAlgorithm = 'HS256' | 'HS384' | 'HS512' | 'ES256' | 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'EdDSA';

/** A JSON Web Token. The secret is the private key, or the shared one of the HS algorithms. */
export interface JwtScheme {
  readonly scheme: 'jwt';
  readonly algorithm: JwtAlgorithm;
  /** The members of its header besides `alg`, such as `kid`. */
  readonly header: Readonly<Record<string, string>>;
  /** Its claims, or a template of their whole text, which is JSON: `{body}` claims the members of the sample. */
  readonly claims: Readonly<Record<string, ClaimTemplate>> | string;
  /** Steps from the secret's text to the key, for the HS algorithms. */
  readonly key?: readonly KeyStep[];
}

/** Signatures that each holder of the secret recomputes and compares. */
export type HashScheme = HmacScheme | DigestScheme;

/** The argument of a function that signs. */
export interface CustomSchemeRequest {
  readonly secret: string;
  readonly method: string;
  /** The address by which the receiver is known. */
  readonly url: string;
  readonly event: string;
  /** A copy of the bytes that are sent, in a forgery perhaps of others. */
  readonly body: Uint8Array;
  /** The provider's values of this delivery, such as its time; for verification, those that the request holds. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * A function that signs and returns the signature's text, or makes the body. Without `verify` or `open` the same request has to give the same
 * text each time: it is called again to verify. It is also called to see before anything is sent whether it works.
 */
export type CustomScheme = (request: CustomSchemeRequest) => string | Promise<string>;

/** The argument of a function that verifies: that of the one that signs, and the received signature. */
export interface CustomVerifyRequest extends CustomSchemeRequest {
  readonly text: string;
}

/** A function that verifies a signature, for those that differ each time. */
export type CustomVerifier = (request: CustomVerifyRequest) => boolean | Promise<boolean>;

/** The argument of a function that opens a body. */
export interface CustomOpenRequest {
  readonly secret: string;
  readonly method: string;
  /** The address by which the receiver is known. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The received text in place of that which the signing function makes. */
  readonly text: string;
}

/** A function that reads the payload out of a body again. It throws for one that was not made with the secret. */
export type CustomOpener = (request: CustomOpenRequest) => string | Uint8Array | Promise<string | Uint8Array>;

/** A signature, or a body, that data can't say: a function, which only a description in TypeScript or JavaScript can hold. */
export interface FunctionScheme {
  readonly scheme: 'custom';
  readonly sign: CustomScheme;
  /** Judges a signature that `sign` would not make again, such as one with a random number in it. */
  readonly verify?: CustomVerifier;
  /** Reads the payload again, where `sign` makes the body of it. */
  readonly open?: CustomOpener;
}

/** The computation of one signature. */
export type SchemeOptions =
  | HashScheme
  | Crc32Scheme
  | EncodedScheme
  | Ed25519Scheme
  | EcdsaScheme
  | RsaScheme
  | JwtScheme
  | FunctionScheme;

/** The computation of one signature, in the words of a description. */
export type SchemeDescription = SchemeOptions | MessageSignatureScheme;

/** The computation of a signature that data alone can express. */
export type DataScheme = Exclude<SchemeOptions, FunctionScheme>;

/** A header value that is repeated for each active secret: `head` + `each` + `join` + `each` …; `join` and the end of `head` are text. */
export interface PerSecretTemplate {
  readonly head?: string;
  readonly each: string;
  readonly join: string;
}

/** A header that a delivery does not have exactly once. */
export interface OccasionalHeader {
  readonly value: string;
  /**
   * `retries`: from the second attempt on; `each secret`: once for each active secret, numbered from 1 where its name holds `{number}`;
   * `second secret`: made with that one, where there are two.
   */
  readonly on: 'retries' | 'each secret' | 'second secret';
}

/** One header in its exact letter case, and the template of its value. */
export type HeaderSpec = readonly [name: string, value: string | PerSecretTemplate | OccasionalHeader];

/** The templates of a header's value. */
export function headerSources([, value]: HeaderSpec): string[] {
  if (typeof value === 'string') return [value];
  return 'value' in value ? [value.value] : [value.head ?? '', value.each];
}

/** Returns the name of a header on the wire: of a numbered one, that with the number. */
export function headerName(name: string, number = 1): string {
  return name.replace('{number}', String(number));
}

/** A field of the body that each delivery fills: its path, at which the sample holds a place for it, and its template. */
export type BodyFieldSpec = readonly [path: string, value: JsonTemplate];

/** A parameter that is added to the query of the URL, and the template of its value. */
export type QuerySpec = readonly [name: string, value: string];

/** The rule for an event's name on the wire, where headers or bodies hold it in parts or in other words than people type. */
export interface WireRule {
  /** The separator of a name's parts, by default a dot; the last part holds the remainder. */
  readonly split?: string;
  /** The header that holds the first part, or the headers of the parts in order. Its template names the part `{event}`. */
  readonly header?: string | readonly string[];
  /** The path in the body of the part behind those of the headers, or the paths of the parts in order. */
  readonly body?: string | readonly string[];
}
