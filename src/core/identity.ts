import { type Random, randomBelow } from './random.js';
import { formatTime } from './time.js';

/** The forms in which providers write identities. A fresh one is always as long as the one it replaces. */
export type IdentityKind = (typeof identityKinds)[number];

/** All forms in which providers write identities. */
export const identityKinds = [
  'uuid1',
  'uuid4',
  'uuid4-upper',
  'uuid4hex',
  'uuid7',
  'ulid',
  'ulid-lower',
  'ksuid',
  'objectid',
  'snowflake',
  'hex',
  'hex-upper',
  'letters',
  'capitals',
  'alphanumeric',
  'base32',
  'base32-lower',
  'base36',
  'base64url',
  'digits',
  'nanoseconds',
  'code',
] as const;

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';
const alphabets = {
  hex: '0123456789abcdef',
  'hex-upper': '0123456789ABCDEF',
  base36: digits + capitals.toLowerCase(),
  letters: capitals + capitals.toLowerCase(),
  capitals,
  alphanumeric: capitals + capitals.toLowerCase() + digits,
  base64url: `${capitals}${capitals.toLowerCase()}${digits}-_`,
} as const;

/** A buffer in which texts are built: appending to a string costs more for each character than drawing the random number. */
const scratch = Buffer.alloc(64);

function pick(random: Random, alphabet: string, length: number): string {
  if (length > scratch.length)
    return pick(random, alphabet, scratch.length) + pick(random, alphabet, length - scratch.length);
  for (let i = 0; i < length; i++) scratch[i] = alphabet.charCodeAt(randomBelow(random, alphabet.length));
  return scratch.toString('latin1', 0, length);
}

/** The positions of a UUID's hex digits that are drawn one after the other; between them are its version and its variant. */
const headPlaces = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12];
const dashPlaces = [8, 13, 18, 23];
const restPlaces = [15, 16, 17, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35];

function uuid(random: Random, version: 4 | 7, ms: number): string {
  for (let i = 0; i < dashPlaces.length; i++) scratch[dashPlaces[i]!] = 0x2d;
  if (version === 4) {
    for (let i = 0; i < headPlaces.length; i++) scratch[headPlaces[i]!] = hexDigit(random);
  } else {
    const time = Math.floor(ms).toString(16).padStart(12, '0').slice(-12);
    for (let i = 0; i < 12; i++) scratch[headPlaces[i]!] = time.charCodeAt(i);
  }
  for (let i = 0; i < restPlaces.length; i++) scratch[restPlaces[i]!] = hexDigit(random);
  scratch[14] = 0x30 + version;
  scratch[19] = '89ab'.charCodeAt(randomBelow(random, 4));
  return scratch.toString('latin1', 0, 36);
}

/** The days from the beginning of the Gregorian calendar, from which a UUID of version 1 counts, to 1970. */
const gregorianEpochMs = BigInt(Date.UTC(1582, 9, 15));

/** Tenths of microseconds in 60 bits, the lowest first, 14 bits that are drawn, and a drawn node, which its lowest bit of the first byte marks as such. */
function timeUuid(random: Random, ms: number): string {
  const ticks = (BigInt(Math.floor(ms)) - gregorianEpochMs) * 10_000n + BigInt(randomBelow(random, 10_000));
  const time = ticks.toString(16).padStart(15, '0').slice(-15);
  const node = pick(random, alphabets.hex, 12);
  const variant = '89ab'[randomBelow(random, 4)]! + pick(random, alphabets.hex, 3);
  return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${variant}-${node[0]}${'13579bdf'[randomBelow(random, 8)]}${node.slice(2)}`;
}

/** The milliseconds since 1970 that a UUID of version 1 holds. */
export function timeUuidTime(text: string): number {
  const [low, middle, high] = text.split('-') as [string, string, string];
  return Number(BigInt(`0x${high.slice(1)}${middle}${low}`) / 10_000n + gregorianEpochMs);
}

/** The digits of base 32 (RFC 4648). */
const base32Digits = `${capitals}234567`;

/** Whole bytes in base 32, where that has so many digits: the last one has bits that no byte fills, which are 0. */
function base32(random: Random, length: number): string {
  const text = pick(random, base32Digits, length);
  const spare = (length * 5) % 8;
  if (spare >= 5 || spare === 0) return text;
  return text.slice(0, -1) + base32Digits[(randomBelow(random, 32) >> spare) << spare];
}

function hexDigit(random: Random): number {
  const digit = random.uint32() >>> 28;
  return digit < 10 ? 0x30 + digit : 0x57 + digit;
}

/** The digits of a ULID: no I, L, O and U. */
const ulidDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function ulid(random: Random, ms: number): string {
  let time = '';
  for (let rest = Math.floor(ms), at = 0; at < 10; at++, rest = Math.floor(rest / 32))
    time = ulidDigits[rest % 32] + time;
  return time + pick(random, ulidDigits, 16);
}

/** The milliseconds since 1970 that a ULID begins with. */
export function ulidTime(text: string): number {
  return [...text.slice(0, 10).toUpperCase()].reduce((ms, digit) => ms * 32 + ulidDigits.indexOf(digit), 0);
}

/** The digits of a KSUID, in the order of their worth. */
const ksuidDigits = digits + capitals + capitals.toLowerCase();
/** The second from which a KSUID counts, and the millisecond from which a snowflake does. */
const ksuidEpoch = 1_400_000_000;
const snowflakeEpoch = 1_420_070_400_000;

/** The seconds since May 2014 in 4 bytes, and 16 bytes that are drawn, as 27 digits. */
function ksuid(random: Random, ms: number): string {
  const words = [Math.max(0, Math.floor(ms / 1000) - ksuidEpoch)];
  for (let at = 1; at < 5; at++) words[at] = random.uint32();
  let text = '';
  while (text.length < 27) {
    let rest = 0;
    for (let at = 0; at < words.length; at++) {
      const value = rest * 2 ** 32 + words[at]!;
      words[at] = Math.floor(value / 62);
      rest = value % 62;
    }
    text = ksuidDigits[rest] + text;
  }
  return text;
}

/** The milliseconds since 1970 of the second that a KSUID begins with. */
export function ksuidTime(text: string): number {
  const value = [...text].reduce((sum, digit) => sum * 62n + BigInt(ksuidDigits.indexOf(digit)), 0n);
  return (Number(value >> 128n) + ksuidEpoch) * 1000;
}

/** The milliseconds since 2015, and 22 bits that are drawn. */
function snowflake(random: Random, ms: number): string {
  return String((BigInt(Math.max(0, Math.floor(ms) - snowflakeEpoch)) << 22n) | BigInt(random.uint32() >>> 10));
}

/** The milliseconds since 1970 that a snowflake begins with. */
export function snowflakeTime(text: string): number {
  return Number(BigInt(text) >> 22n) + snowflakeEpoch;
}

/** The seconds since 1970 in 8 hex digits, and 16 more. */
function objectId(random: Random, ms: number): string {
  const seconds = Math.floor(ms / 1000)
    .toString(16)
    .padStart(8, '0')
    .slice(-8);
  return seconds + pick(random, alphabets.hex, 16);
}

/** One part of a pattern: its position in the written date, or the number of characters to draw and their set; else the text itself. */
type CodePart =
  | string
  | { readonly from: number; readonly to: number }
  | { readonly drawn: string; readonly length: number };

const datePlaces = new Map([
  ['YYYY', { from: 0, to: 4 }],
  ['YY', { from: 2, to: 4 }],
  ['MM', { from: 5, to: 7 }],
  ['DD', { from: 8, to: 10 }],
]);

const drawnFrom: Record<string, string> = { '#': digits, '@': capitals, '*': capitals + digits };

const codes = new Map<string, readonly CodePart[]>();

/** Reads a pattern: `YYYY YY MM DD` of the time, `#` a digit, `@` a capital, `*` either. */
function readCode(pattern: string): readonly CodePart[] {
  const known = codes.get(pattern);
  if (known) return known;
  const parts = pattern.split(/(YYYY|YY|MM|DD|#+|@+|\*+)/).map((text): CodePart => {
    const drawn = /^[#@*]/.test(text) ? drawnFrom[text[0]!]! : undefined;
    return drawn === undefined ? (datePlaces.get(text) ?? text) : { drawn, length: text.length };
  });
  codes.set(pattern, parts);
  return parts;
}

function code(random: Random, pattern: string, ms: number): string {
  const date = formatTime(ms, 'iso-millis');
  let text = '';
  for (const part of readCode(pattern)) {
    if (typeof part === 'string') text += part;
    else text += 'drawn' in part ? pick(random, part.drawn, part.length) : date.slice(part.from, part.to);
  }
  return text;
}

/** The ingredients of a fresh identity. */
export interface IdentityRequest {
  readonly kind: IdentityKind;
  /** Characters; kinds of a fixed form, such as uuid4 and ulid, do without. */
  readonly length: number;
  readonly pattern?: string | undefined;
  /** Milliseconds since 1970, for the kinds that hold a time, already in the zone it is written in. */
  readonly ms: number;
}

/** A fresh identity of the requested form. */
export function freshIdentity(request: IdentityRequest, random: Random): string {
  switch (request.kind) {
    case 'uuid1':
      return timeUuid(random, request.ms);
    case 'uuid4':
      return uuid(random, 4, 0);
    case 'uuid4-upper':
      return uuid(random, 4, 0).toUpperCase();
    case 'uuid4hex':
      return uuid(random, 4, 0).replaceAll('-', '');
    case 'uuid7':
      return uuid(random, 7, request.ms);
    case 'ulid':
      return ulid(random, request.ms);
    case 'ulid-lower':
      return ulid(random, request.ms).toLowerCase();
    case 'ksuid':
      return ksuid(random, request.ms);
    case 'objectid':
      return objectId(random, request.ms);
    case 'snowflake':
      return snowflake(random, request.ms);
    case 'base32':
      return base32(random, request.length);
    case 'base32-lower':
      return base32(random, request.length).toLowerCase();
    case 'digits':
      return String(1 + randomBelow(random, 9)) + pick(random, digits, request.length - 1);
    case 'nanoseconds':
      return `${Math.floor(request.ms)}${pick(random, digits, 6)}`;
    case 'code':
      return code(random, request.pattern ?? '', request.ms);
    default:
      return pick(random, alphabets[request.kind], request.length);
  }
}
