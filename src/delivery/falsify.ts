import type { Header } from '../core/delivery.js';
import type { ForgeryChange } from '../core/forgery.js';
import { below, type Random } from '../core/random.js';
import type { Encoding, SchemeOptions } from '../core/scheme.js';
import { writeJson } from '../json/dialect.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';

/** One stage of a forgery: the change where it is of that stage. */
type ChangeAt<S extends ForgeryChange['stage']> = Extract<ForgeryChange, { stage: S }>;

/** Scheme options with another hash, key or encoding. */
export function falseScheme(change: ChangeAt<'scheme'>, options: SchemeOptions): SchemeOptions {
  const changed: SchemeOptions = {
    ...options,
    hash: change.hash ?? options.hash,
    encoding: change.otherEncoding ? otherEncoding(options.encoding) : options.encoding,
  };
  if (!change.unkeyed) return changed;
  const { hash, content, encoding } = changed;
  return { scheme: 'digest', hash, content, encoding };
}

function otherEncoding(encoding: Encoding): Encoding {
  return encoding === 'hex' || encoding === 'HEX' ? 'base64' : 'hex';
}

/** The bytes that the signature is for, in place of the body. */
export function falselySigned(change: ChangeAt<'signedBytes'>, body: Uint8Array, otherBody: Uint8Array): Uint8Array {
  if (change.of === 'other event') return otherBody;
  return change.of === 'empty body' ? new Uint8Array() : body.subarray(0, 1024);
}

/** A body that is not the one that was signed. */
export function falseBody(change: ChangeAt<'body'>, body: Uint8Array): Uint8Array {
  if (change.by === 'appended byte') return Buffer.concat([body, Buffer.from(' ')]);
  return change.by === 'changed byte' ? changedByte(body) : reserialised(body);
}

/** The last digit one higher, or else the last letter in its other case: the JSON stays well-formed. */
function changedByte(body: Uint8Array): Uint8Array {
  const changed = Buffer.from(body);
  const text = changed.toString('latin1');
  const digit = text.search(/\d(?=\D*$)/);
  const at = digit >= 0 ? digit : text.search(/[A-Za-z](?=[^A-Za-z]*$)/);
  if (at < 0) return Buffer.concat([body, Buffer.from(' ')]);
  changed[at] = digit >= 0 ? 0x30 + ((changed[at]! - 0x30 + 1) % 10) : changed[at]! ^ 0x20;
  return changed;
}

function reserialised(body: Uint8Array): Uint8Array {
  try {
    return Buffer.from(writeJson(parseJson(Buffer.from(body).toString('utf8')), 'pretty'));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return Buffer.concat([Buffer.from(' '), body]);
    throw error;
  }
}

const hexDigits = '0123456789abcdef';
const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The text of a signature, made wrong; it never stays what it was. */
export function falseSignature(change: ChangeAt<'signature'>, signature: string, random: Random): string {
  const { by } = change;
  // Padding says nothing: without it, or with more behind it, lenient decoders read the same bytes.
  const significant = signature.replace(/=+$/, '');
  if (typeof by === 'object') {
    return 'keepLast' in by ? significant.slice(-by.keepLast) : significant.slice(0, by.keepCharacters);
  }
  switch (by) {
    case 'changed character': {
      const first = signature[0]!;
      return (/[aA]/.test(first) ? 'b' : 'a') + signature.slice(1);
    }
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
      return signature.replace(/[A-Za-z0-9+/_-]/g, () => digits[below(random, digits.length)]!);
    }
  }
}

/** Changed at its end; not in the last character, whose low bits base64 leaves unused. */
function changedEnd(value: string): string {
  return value.replace(/[\w+/-](?=[\w+/-]=*$)/, (char) => (char === '0' ? '1' : '0'));
}

/** The headers with those that carry a signature removed, emptied, renamed or doubled. */
export function falseHeaders(
  change: ChangeAt<'header'>,
  headers: readonly Header[],
  carrying: readonly string[],
): Header[] {
  return headers.flatMap((header) => (carrying.includes(header[0]) ? inPlaceOf(header, change.is) : [header]));
}

function inPlaceOf([name, value]: Header, is: ChangeAt<'header'>['is']): Header[] {
  const falseOne: Header = [name, changedEnd(value)];
  switch (is) {
    case 'missing':
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
