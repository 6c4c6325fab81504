import { type Random, randomBelow } from './random.js';

/** The forms in which providers write identities. A fresh one is always as long as the one it replaces. */
export type IdentityKind =
  | 'uuid4'
  | 'uuid4hex'
  | 'uuid7'
  | 'hex'
  | 'letters'
  | 'capitals'
  | 'alphanumeric'
  | 'base64url'
  | 'digits'
  | 'nanoseconds'
  | 'code';

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';
const alphabets = {
  hex: '0123456789abcdef',
  letters: capitals + capitals.toLowerCase(),
  capitals,
  alphanumeric: capitals + capitals.toLowerCase() + digits,
  base64url: `${capitals}${capitals.toLowerCase()}${digits}-_`,
} as const;

function pick(random: Random, alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[randomBelow(random, alphabet.length)];
  return text;
}

function uuid(random: Random, version: 4 | 7, ms: number): string {
  const hex =
    version === 7 ? Math.floor(ms).toString(16).padStart(12, '0').slice(-12) : pick(random, alphabets.hex, 12);
  const rest = pick(random, alphabets.hex, 18);
  const variant = '89ab'[randomBelow(random, 4)];
  return `${hex.slice(0, 8)}-${hex.slice(8)}-${version}${rest.slice(0, 3)}-${variant}${rest.slice(3, 6)}-${rest.slice(6)}`;
}

/** Fills a pattern: `YYYY YY MM DD` of the time, `#` a digit, `@` a capital, `*` either. */
function code(random: Random, pattern: string, ms: number): string {
  const date = new Date(ms).toISOString();
  const parts: Record<string, string> = {
    YYYY: date.slice(0, 4),
    YY: date.slice(2, 4),
    MM: date.slice(5, 7),
    DD: date.slice(8, 10),
  };
  return pattern.replace(/YYYY|YY|MM|DD|#|@|\*/g, (token) => {
    if (token === '#') return pick(random, digits, 1);
    if (token === '@') return pick(random, capitals, 1);
    if (token === '*') return pick(random, capitals + digits, 1);
    return parts[token]!;
  });
}

/** What a fresh identity is made of. */
export interface IdentityRequest {
  readonly kind: IdentityKind;
  /** Characters; the kinds of fixed form (uuid4, uuid4hex, uuid7, nanoseconds, code) do without. */
  readonly length: number;
  readonly pattern?: string | undefined;
  /** Milliseconds since 1970 that a uuid7, nanoseconds or code holds, already in the zone it is written in. */
  readonly ms: number;
}

/** A fresh identity of the requested form. */
export function freshIdentity(request: IdentityRequest, random: Random): string {
  switch (request.kind) {
    case 'uuid4':
      return uuid(random, 4, 0);
    case 'uuid4hex':
      return uuid(random, 4, 0).replaceAll('-', '');
    case 'uuid7':
      return uuid(random, 7, request.ms);
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
