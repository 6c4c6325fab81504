import type { Header } from '../core/delivery.js';
import type { ForgeryChange } from '../core/forgery.js';
import type { Dialect } from '../core/provider.js';
import { type Random, randomBelow } from '../core/random.js';
import type { DataScheme, Encoding } from '../core/scheme.js';
import { keyPairKind } from '../core/schemeFacts.js';
import { withoutPadding } from '../core/withoutPadding.js';
import { writeJson } from '../json/dialect.js';
import { formOf } from '../json/form.js';
import { FormBody } from '../json/formBody.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { formatPath, type PathStep, parsePath } from '../json/path.js';
import { readPayload } from '../json/readPayload.js';
import { splice } from '../json/span.js';
import { publicKeyJwt, publicKeySignature, unsignedJwt } from '../signing/jwt.js';
import type { SigningKey } from '../signing/key.js';
import type { HeadersByStrength } from '../signing/signatureStrength.js';
import { bytesOf, type SignedContent, signContent } from '../signing/signContent.js';

/** The changes of one stage. */
type ChangeAt<S extends ForgeryChange['stage']> = Extract<ForgeryChange, { stage: S }>;

/** A signature by another hash, without the key, or in another encoding. */
export function buildForged(
  change: ChangeAt<'scheme'>,
  options: DataScheme,
  key: SigningKey,
  content: SignedContent,
): string {
  if (options.scheme === 'jwt') {
    if (change.publicKey) return publicKeyJwt(options, key, bytesOf(content));
    return change.unkeyed ? unsignedJwt(options, bytesOf(content)) : signContent(options, key, content);
  }
  // A checksum or an encoding is no proof: the signature that covers it is forged instead.
  if (options.scheme === 'crc32' || options.scheme === 'encoded') return signContent(options, key, content);
  if (change.publicKey && keyPairKind(options)) return publicKeySignature(key, bytesOf(content));
  const encoding = change.otherEncoding ? otherEncoding(options.encoding) : options.encoding;
  const own = 'hash' in options ? options.hash : 'sha256';
  const hash = change.hash ?? own;
  if (change.unkeyed) return signContent({ scheme: 'digest', hash, content: '', encoding }, key, content);
  return signContent('hash' in options ? { ...options, hash, encoding } : { ...options, encoding }, key, content);
}

function otherEncoding(encoding: Encoding): Encoding {
  return encoding === 'hex' || encoding === 'HEX' ? 'base64' : 'hex';
}

/** The bytes that the signature is for, in place of the body. */
export function forgeSignature(change: ChangeAt<'signedBytes'>, body: Uint8Array, otherBody: Uint8Array): Uint8Array {
  if (change.of === 'other event') return otherBody;
  return change.of === 'empty body' ? new Uint8Array() : body.subarray(0, 1024);
}

/** The facts about a body that are needed to change its signed part. */
export interface TamperedBody {
  /** The fields that are signed, where not all of them are. */
  readonly fields: readonly string[] | 'sorted';
  /** The fields that prove the delivery: changing these is another forgery. */
  readonly proofs?: readonly string[];
  readonly dialect: Dialect;
}

/** A change to a body after it was signed. */
export type BodyChange = Pick<ChangeAt<'body'>, 'by'>;

/** A body that is not the one that was signed; where only `fields` of it are, the first of them is changed that is there. */
export function tamperBody(
  { by }: BodyChange,
  body: Uint8Array,
  { fields, proofs = [], dialect }: TamperedBody = { fields: [], dialect: 'js' },
): Uint8Array {
  if (by === 'appended byte') return Buffer.concat([body, Buffer.from(' ')]);
  if (by === 'reserialised') return reserialised(body);
  for (const steps of changeableFields(body, { fields, proofs, dialect })) {
    const changed = withChangedField(body, steps, dialect);
    if (changed?.length === body.length && !changed.every((byte, at) => byte === body[at])) return changed;
  }
  return changedByte(body);
}

/** The paths of the fields of which one is to be changed; none where any byte will do. */
function changeableFields(
  body: Uint8Array,
  { fields, proofs, dialect }: Required<TamperedBody>,
): (readonly PathStep[])[] {
  if (fields !== 'sorted' && fields.length > 0) return fields.map(parsePath);
  const form = formOf(dialect);
  if (!form || (form.kind !== 'multipart' && proofs.length === 0)) return [];
  const read = FormBody.read(body, form);
  const paths = (read?.paths ?? []).toReversed().map((path) => [...path]);
  return paths.filter((path) => !proofs.includes(formatPath(path)));
}

function withChangedField(body: Uint8Array, steps: readonly PathStep[], dialect: Dialect): Uint8Array | null {
  const form = formOf(dialect);
  if (!form) return splice(body, steps, (text) => changedByte(Buffer.from(text, 'latin1')).toString('latin1'));
  const [text] = readPayload(body, dialect).textsAt(steps);
  if (text === undefined || text === '') return null;
  return FormBody.read(body, form)!.withText(steps, {
    text: changedByte(Buffer.from(text)).toString('utf8'),
    kind: 'text',
  });
}

/** The last digit one higher, or else the last letter in its other case: the JSON stays well-formed. */
function changedByte(body: Uint8Array): Buffer {
  const changed = Buffer.from(body);
  const digit = changed.findLastIndex((byte) => byte >= 0x30 && byte <= 0x39);
  const isLetter = (byte: number) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  const at = digit >= 0 ? digit : changed.findLastIndex(isLetter);
  if (at < 0) return Buffer.concat([body, Buffer.from(' ')]);
  changed[at] = digit >= 0 ? 0x30 + ((changed[at]! - 0x30 + 1) % 10) : changed[at]! ^ 0x20;
  return changed;
}

function reserialised(body: Uint8Array): Uint8Array {
  try {
    const value = parseJson(Buffer.from(body).toString('utf8'));
    const pretty = Buffer.from(writeJson(value, 'pretty'));
    return pretty.equals(body) ? Buffer.from(writeJson(value, 'js')) : pretty;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return Buffer.concat([Buffer.from(' '), body]);
    throw error;
  }
}

const hexDigits = '0123456789abcdef';
const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The text of a signature, made wrong; it never stays what it was. */
export function forgedSignature(change: ChangeAt<'signature'>, signature: string, random: Random): string {
  const { by } = change;
  // Padding says nothing: without it, or with more behind it, lenient decoders read the same bytes.
  const significant = withoutPadding(signature);
  if (typeof by === 'object') {
    if ('text' in by) return by.text;
    if ('repeated' in by) return by.repeated.repeat(signature.length);
    if ('changedAt' in by) return changedAt(signature, by.changedAt);
    return 'keepLast' in by ? significant.slice(-by.keepLast) : keepStart(significant, by.keepCharacters);
  }
  switch (by) {
    case 'changed character':
      return changedAt(signature, 0);
    case 'permuted':
      return permuted(significant) + signature.slice(significant.length);
    case 'changed last character':
      return changedEnd(signature);
    case 'changed case':
      return signature.replace(/[A-Za-z]/, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      );
    case 'longer':
      return `${significant}00${signature.slice(significant.length)}`;
    case 'random': {
      const digits = /^[0-9a-fA-F]+$/.test(signature) ? hexDigits : base64Digits;
      return signature.replace(/[A-Za-z0-9+/_-]/g, () => digits[randomBelow(random, digits.length)]!);
    }
  }
}

/** Half of a last byte is a whole byte to some decoders of hex: where that would be the byte that was there, all of it is cut, too. */
function keepStart(signature: string, count: number): string {
  const isSame = count === -1 && /^[0-9a-f]+00$/i.test(signature);
  return signature.slice(0, isSame ? -3 : count);
}

/** With another character where this share of it ends; one that is no letter or digit is not the one. */
function changedAt(signature: string, share: number): string {
  const from = Math.floor(signature.length * share);
  const at = share === 0 ? 0 : from + Math.max(0, signature.slice(from).search(/[A-Za-z0-9]/));
  return `${signature.slice(0, at)}${/[aA]/.test(signature[at] ?? '') ? 'b' : 'a'}${signature.slice(at + 1)}`;
}

/** With a character of its first half and one of its second half in each other's place; not of the last ones, some of whose bits base64 leaves unused. */
function permuted(signature: string): string {
  const half = Math.floor(signature.length / 2);
  for (let first = Math.floor(half / 2); first < half; first++) {
    for (let second = half; second < signature.length - 2; second++) {
      const [one, other] = [signature[first]!, signature[second]!];
      if (!/^[A-Za-z0-9]{2}$/.test(one + other) || one.toLowerCase() === other.toLowerCase()) continue;
      return `${signature.slice(0, first)}${other}${signature.slice(first + 1, second)}${one}${signature.slice(second + 1)}`;
    }
  }
  return changedAt(signature, 0.5);
}

/** Changed at its end; not in the last character, whose low bits base64 leaves unused. */
function changedEnd(value: string): string {
  return value.replace(/[\w+/-](?=[\w+/-]=*$)/, (char) => (char === '0' ? '1' : '0'));
}

/** The headers with those of one strength left out or made false. */
export function forgeInHeaders(
  { keep, falsify }: ChangeAt<'one of several headers'>,
  headers: readonly Header[],
  byStrength: HeadersByStrength,
): Header[] {
  const strengthOf = (name: string) =>
    (['stronger', 'weaker'] as const).find((strength) => byStrength[strength].includes(name)) ?? null;
  return headers.flatMap(([name, value]): Header[] => {
    const strength = strengthOf(name);
    if (strength === null) return [[name, value]];
    if (keep !== 'both' && keep !== strength) return [];
    return [[name, strength === falsify ? changedEnd(value) : value]];
  });
}

/** The headers with those that carry a signature removed, emptied, renamed or doubled. */
export function tamperHeaders(
  change: ChangeAt<'header'>,
  headers: readonly Header[],
  carrying: readonly string[],
): Header[] {
  return headers.flatMap((header) => (carrying.includes(header[0]) ? forgeHeader(header, change.is) : [header]));
}

function forgeHeader([name, value]: Header, is: ChangeAt<'header'>['is']): Header[] {
  const falseOne: Header = [name, changedEnd(value)];
  switch (is) {
    case 'missing':
    case 'object missing':
      return [];
    case 'empty':
      return [[name, '']];
    case 'renamed':
      return [[`${name}-Old`, value]];
    case 'false one first':
      return [falseOne, [name, value]];
    case 'false one last':
      return [[name, value], falseOne];
  }
}
