import { freshIdentity, ksuidTime, snowflakeTime, timeUuidTime, ulidTime } from '../core/identity.js';
import type { Identity, IdentityGroup } from '../core/provider.js';
import type { Random } from '../core/random.js';
import { formatTimeLike, offsetMs, readTime, type TimeKind, type WrittenTime } from '../core/time.js';

/** Texts that look like ids: a UUID, or a token that no person would have written. */
const shapes: readonly RegExp[] = [
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^[0-9a-f]{16,}$/i,
  /^\d{14,}$/,
  // Ten letters with capitals inside, such as kdyRhNYpGe.
  /^(?=.*[a-z])(?=.+[A-Z])[A-Za-z]{10}$/,
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w-]{16,}$/,
  /^(?=.*\d)(?=(?:.*[A-Z]){2})[A-Z0-9]{12,}$/,
];

/** The id-like tokens of a text, such as those in a URL. */
export function idLike(text: string): string[] {
  const tokens = text.match(/[\w-]+/g) ?? [];
  return tokens.filter((token) => shapes.some((shape) => shape.test(token)));
}

/** The scope of a renewal: the ids that receivers de-duplicate on and the times, all ids and times, or nothing. */
export type Freshness = 'ids' | 'all' | 'nothing';

/** One way in which a literal of the samples becomes a new one. */
export type Replacement =
  | { readonly type: 'identity'; readonly literal: string; readonly identity: Identity }
  | { readonly type: 'time'; readonly literal: string; readonly kind: TimeKind };

/** Maps a time of the samples (milliseconds since 1970) to a new one, in the same order. */
export type Move = (ms: number) => number;

/** One renewal: a move in time, and one new text for each literal, the same wherever it occurs. */
export class IdentityRenewal {
  private renewed: Map<string, string> | undefined;
  private readonly move: Move;

  /** `move` is the distance by which all times move, or a function of each; `random` gives the new identities, none of them in `taken`. */
  constructor(
    move: number | Move,
    private readonly random: Random,
    private taken?: Set<string>,
  ) {
    this.move = typeof move === 'number' ? (ms) => ms + move : move;
  }

  /** Another renewal that makes no text that this one has made. */
  beside(move: Move): IdentityRenewal {
    this.taken ??= new Set();
    return new IdentityRenewal(move, this.random, this.taken);
  }

  /** The new text for a literal, of the same length. */
  text(replacement: Replacement): string {
    this.renewed ??= new Map();
    let text = this.renewed.get(replacement.literal);
    if (text === undefined) {
      text = replacement.type === 'time' ? this.time(replacement) : this.distinct(replacement);
      if (text.length !== replacement.literal.length) {
        throw new Error(`The renewal of ${replacement.literal} changes its length: ${text}`);
      }
      this.renewed.set(replacement.literal, text);
    }
    return text;
  }

  private time(replacement: Replacement & { type: 'time' }): string {
    const { ms, below } = literalTime(replacement);
    return formatTimeLike(replacement.literal, this.move(ms), replacement.kind, below);
  }

  /** Two identities never become one: a text that is taken already is drawn again. */
  private distinct(replacement: Replacement & { type: 'identity' }): string {
    this.taken ??= new Set();
    let text = this.identity(replacement);
    for (let draws = 1; (this.taken.has(text) || isRounded(text, replacement)) && draws < 100; draws++)
      text = this.identity(replacement);
    this.taken.add(text);
    return text;
  }

  private identity(replacement: Replacement & { type: 'identity' }): string {
    const { literal, identity } = replacement;
    const { kind, pattern } = identity;
    const { ms: held, at } = literalTime(replacement);
    // A time of whole seconds moves by whole seconds, and so do ids made of it.
    const ms = at ? held + Math.floor(this.move(at.ms) / at.unit) * at.unit - at.ms : this.move(held);
    const text = freshIdentity({ kind, length: literal.length, pattern, ms }, this.random);
    // In the course of years a snowflake becomes longer.
    return kind === 'snowflake' && text.length !== literal.length
      ? freshIdentity({ kind: 'digits', length: literal.length, ms }, this.random)
      : text;
  }
}

/** Returns whether a receiver that reads numbers as most do takes a number for another one, as it does not with the one of the sample. */
function isRounded(text: string, replacement: Replacement & { type: 'identity' }): boolean {
  return isExactNumber(replacement) && Number(text) > Number.MAX_SAFE_INTEGER;
}

/** Returns whether an identity is a number so long that others of its length are not read exactly, as it is. */
export function isExactNumber({ literal, identity }: Replacement & { type: 'identity' }): boolean {
  return identity.kind === 'digits' && literal.length === 16 && Number(literal) <= Number.MAX_SAFE_INTEGER;
}

/** The time in a literal, and the identities made of it. */
export interface LiteralTime extends WrittenTime {
  /** The time of the sample that moves with it, and the milliseconds in which that is written; null for none. */
  readonly at: { readonly ms: number; readonly unit: number } | null;
}

/** It is the same in all renewals. */
const literalTimes = new WeakMap<Replacement, LiteralTime>();

/** Returns the time in a literal. */
export function literalTime(replacement: Replacement): LiteralTime {
  const known = literalTimes.get(replacement);
  if (known) return known;
  const read =
    replacement.type === 'time' ? { ...readTime(replacement.literal), at: null } : timeOfIdentity(replacement);
  literalTimes.set(replacement, read);
  return read;
}

function timeOfIdentity({ literal, identity }: Replacement & { type: 'identity' }): LiteralTime {
  const { at } = identity;
  return {
    ms: heldTime(literal, identity),
    below: '',
    at: at === undefined ? null : { ms: readTime(at).ms, unit: at.includes('.') ? 1 : 1000 },
  };
}

/** The time that an identity is made of, in milliseconds; 0 for one that holds none. */
function heldTime(literal: string, identity: Identity): number {
  switch (identity.kind) {
    case 'uuid1':
      return timeUuidTime(literal);
    case 'uuid7':
      return Number.parseInt(literal.replace('-', '').slice(0, 12), 16);
    case 'ulid':
    case 'ulid-lower':
      return ulidTime(literal);
    case 'ksuid':
      return ksuidTime(literal);
    case 'objectid':
      return Number.parseInt(literal.slice(0, 8), 16) * 1000;
    case 'snowflake':
      return snowflakeTime(literal);
    case 'nanoseconds':
      return Number(literal.slice(0, -6));
    case 'code':
      return identity.at ? readTime(identity.at).ms + offsetMs(identity.zone ?? '+00:00') : 0;
    default:
      return 0;
  }
}

/** Finds the identities that an event belongs to; undefined for one that has none. */
export function findIdentityGroup(groups: readonly IdentityGroup[], event: string): IdentityGroup | undefined {
  return groups.find(({ events }) => events === undefined || events.includes(event));
}
