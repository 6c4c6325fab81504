import { createHash, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DataScheme, EncodedScheme, Encoding } from '../core/scheme.js';
import type { Template } from '../core/template.js';
import { beginHmac } from './beginHmac.js';
import { renderJsonTree } from './jsonTemplate.js';
import { signJwt } from './jwt.js';
import type { SigningKey } from './key.js';
import { keyPairSignature } from './keyPairSignature.js';
import { contentNames, type SignatureTemplate } from './templates.js';
import { takePart } from './textPart.js';

/** The signed content, in pieces: bytes verbatim, text as UTF-8. */
export type SignedContent = readonly (string | Uint8Array)[];

/**
 * The signature of `content` under a scheme, as text in the scheme's encoding; for a token, `content` is its claims.
 * `key` is what `signingKey` makes of the secret; schemes whose secret is part of the content ignore it.
 */
export function signContent(options: DataScheme, key: SigningKey, content: SignedContent): string {
  switch (options.scheme) {
    case 'hmac':
    case 'digest': {
      const hash = options.scheme === 'hmac' ? beginHmac(options.hash, key) : createHash(options.hash);
      for (const piece of content) hash.update(piece);
      return encode(hash, options.encoding);
    }
    case 'crc32': {
      const sum = crc32(bytesOf(content));
      if (options.encoding === 'decimal') return String(sum);
      const hex = sum.toString(16).padStart(8, '0');
      return options.encoding === 'HEX' ? hex.toUpperCase() : hex;
    }
    case 'encoded':
      return encodeText(bytesOf(content), options);
    case 'jwt':
      return signJwt(options, key, bytesOf(content));
    default:
      return encodeBytes(keyPairSignature(options, key as KeyObject, bytesOf(content)), options.encoding);
  }
}

function encodeText(bytes: Uint8Array, { part, encoding }: EncodedScheme): string {
  const text = Buffer.from(bytes).toString('utf8');
  const taken = part === undefined ? bytes : Buffer.from(takePart(text, part) ?? text);
  if (encoding === 'form') return new URLSearchParams([['', Buffer.from(taken).toString('utf8')]]).toString().slice(1);
  return encoding === 'text' ? Buffer.from(taken).toString('utf8') : encodeBytes(taken, encoding);
}

/** Decodes a text that is only encoded. */
export function decodeText(text: string, encoding: EncodedScheme['encoding']): Buffer {
  if (encoding === 'form') return Buffer.from(new URLSearchParams(`=${text}`).get('') ?? '');
  return encoding === 'text' ? Buffer.from(text) : Buffer.from(text, encoding === 'HEX' ? 'hex' : encoding);
}

/** The bytes of content in one piece. */
export function bytesOf(content: SignedContent): Uint8Array {
  return Buffer.concat(content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

/** Bytes as text. */
export function encodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === 'HEX' ? buffer.toString('hex').toUpperCase() : buffer.toString(encoding);
}

function encode(hash: { digest(encoding: 'hex' | 'base64' | 'base64url'): string }, encoding: Encoding): string {
  return encoding === 'HEX' ? hash.digest('hex').toUpperCase() : hash.digest(encoding);
}

/** Returns some names and all that go into their values. */
export function transitiveNames(
  names: Iterable<string>,
  signatures: ReadonlyMap<string, SignatureTemplate>,
): ReadonlySet<string> {
  const reached = new Set(names);
  for (const name of reached) {
    const signature = signatures.get(name);
    for (const part of signature ? contentNames(signature) : []) reached.add(part);
  }
  return reached;
}

/** Returns the content of a signature without a function, with each name replaced by its `value`; for a token, its claims as JSON. */
export function signedContent(
  { content, claims }: SignatureTemplate,
  value: (name: string) => string | Uint8Array,
): SignedContent {
  if (claims === null) return piecesOf(content, value);
  return [renderJsonTree(claims, (name) => textOf(value(name)))];
}

function textOf(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('utf8');
}

/** Returns a template's pieces; adjacent texts are joined, since each hashed piece costs time. */
function piecesOf(content: Template, value: (name: string) => string | Uint8Array): SignedContent {
  const pieces: (string | Uint8Array)[] = [];
  let text = '';
  for (const part of content) {
    const piece = 'name' in part ? value(part.name) : part.text;
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    if (text !== '') pieces.push(text);
    text = '';
    pieces.push(piece);
  }
  if (text !== '') pieces.push(text);
  return pieces;
}
