import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Dialect, FormDialect, Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import {
  type Crc32Scheme,
  type EncodedScheme,
  type Encoding,
  hashNames,
  type SchemeDescription,
} from '../core/scheme.js';
import { completeProvider } from './complete.js';
import { crossFieldIssues } from './crossFieldIssues.js';

/** The outermost shape of a member of a description. */
interface Shape {
  readonly is: string;
  readonly fits: (value: unknown) => boolean;
}

const text: Shape = { is: 'text', fits: (value) => typeof value === 'string' };
const textOrNull: Shape = { is: 'text or null', fits: (value) => value === null || text.fits(value) };
const list: Shape = { is: 'a list', fits: Array.isArray };
const object: Shape = {
  is: 'an object',
  fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const oneOf = (choices: Readonly<Record<string, true>>): Shape => ({
  is: `one of ${Object.keys(choices).join(', ')}`,
  fits: (value) => typeof value === 'string' && Object.hasOwn(choices, value),
});

const objectOf = (is: string, fits: Shape['fits']): Shape => ({
  is,
  fits: (value) => object.fits(value) && Object.values(value as object).every(fits),
});

const headerValue = (value: unknown) => text.fits(value) || object.fits(value);
const pair = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && text.fits(value[0]) && headerValue(value[1]);
const headers = objectOf('', headerValue);
const events = objectOf('', object.fits);

const schemes = oneOf({
  hmac: true,
  digest: true,
  crc32: true,
  encoded: true,
  ed25519: true,
  ecdsa: true,
  rsa: true,
  jwt: true,
  rfc9421: true,
  custom: true,
} satisfies Record<SchemeDescription['scheme'], true>);
const hashes = oneOf(Object.fromEntries(hashNames.map((hash) => [hash, true])));
const encodings = oneOf({
  hex: true,
  HEX: true,
  base64: true,
  base64url: true,
  decimal: true,
  text: true,
  form: true,
} satisfies Record<Encoding | Crc32Scheme['encoding'] | EncodedScheme['encoding'], true>);
const namedDialects = oneOf({
  js: true,
  lines: true,
  pretty: true,
  ascii: true,
  python: true,
  go: true,
  ruby: true,
  rails: true,
  php: true,
  form: true,
  query: true,
  multipart: true,
  text: true,
} satisfies Record<Exclude<Dialect, object>, true>);
const dialects: Shape = {
  is: `${namedDialects.is}, or an object with the kind of a form`,
  fits: (value) =>
    object.fits(value)
      ? /^(form|query|multipart)$/.test(String((value as FormDialect).kind))
      : namedDialects.fits(value),
};

function isSignature(value: unknown): boolean {
  if (!object.fits(value)) return false;
  const { scheme, hash, encoding, content, sign } = value as Readonly<Record<string, unknown>>;
  const fits = (shape: Shape, part: unknown) => part === undefined || shape.fits(part);
  if (scheme === 'custom') return typeof sign === 'function';
  return schemes.fits(scheme) && fits(hashes, hash) && fits(encodings, encoding) && fits(text, content);
}

/** The members of a description, each with its checks without the schema. */
const descriptionShape: Readonly<Record<keyof ProviderDescription, Shape>> = {
  $schema: text,
  name: text,
  title: text,
  docs: textOrNull,
  spec: text,
  group: text,
  aliases: list,
  proof: list,
  defaultEvent: text,
  secret: object,
  method: text,
  headers: {
    is: 'a list of pairs, or an object with the headers by name',
    fits: (value) => (Array.isArray(value) ? value.every(pair) : headers.fits(value)),
  },
  values: objectOf('an object with the values by name', object.fits),
  signatures: objectOf(
    'an object with the signatures by name, each of a known scheme, hash and encoding. createDelivery says where',
    isSignature,
  ),
  fields: list,
  query: list,
  body: text,
  modes: object,
  dialect: dialects,
  verifiesOver: text,
  freshness: object,
  keyUrl: object,
  eventAt: textOrNull,
  wire: object,
  everyEvent: object,
  events: {
    is: 'a list of names, or an object with the events by name',
    fits: (value) => (Array.isArray(value) ? value.every(text.fits) : events.fits(value)),
  },
  identities: list,
  handshakes: list,
  policy: object,
  flows: list,
  samples: {
    is: 'a folder, or an object with the samples by name',
    fits: (value) => text.fits(value) || object.fits(value),
  },
};

/**
 * Completes a description without its schema, whose import takes long: for commands that answer at once. Obvious faults are a UsageError; the schema
 * finds all, and explains them better.
 */
export function readDescription(given: ProviderDescription): Provider {
  const { name } = given;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name)) {
    throw wrong('', 'name: must be of lower-case letters, digits and - only.');
  }
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(descriptionShape, key)) {
      throw wrong(name, `${key}: unknown key. ${suggest(key, Object.keys(descriptionShape))}`);
    }
  }
  for (const [key, { is, fits }] of Object.entries(descriptionShape)) {
    const value = given[key as keyof ProviderDescription];
    const isNeeded = key === 'headers' || key === 'events';
    if ((value !== undefined || isNeeded) && !fits(value)) {
      throw wrong(name, `${key}: ${value === undefined ? 'is missing. It ' : ''}must be ${is}.`);
    }
  }
  try {
    const provider = completeProvider(given);
    const [misfit] = crossFieldIssues(provider);
    if (misfit) throw wrong(name, `${misfit.path.join('.')}: ${misfit.message}`);
    return provider;
  } catch (cause) {
    throw cause instanceof UsageError ? cause : misdescribed(name, cause);
  }
}

/** The error for a description whose fault was only found when it was used. */
export function misdescribed(name: string, cause: unknown): UsageError {
  const message = String((cause as Error).message).replace(/\.$/, '');
  return wrong(name, `its description does not fit (${message}). createDelivery says where.`, cause);
}

function wrong(name: string, reason: string, cause?: unknown): UsageError {
  return new UsageError('BAD_CONFIG', `${`provider ${name}`.trim()}: ${reason}`, { cause });
}
