import { freshIdentity } from '../core/identity.js';
import type { Identity, Story } from '../core/provider.js';
import type { Random } from '../core/random.js';
import { formatTime, readTime, type WrittenTimeKind } from '../core/time.js';

/** What is made fresh: the ids that receivers de-duplicate on and the event's time, the whole story, or nothing. */
export type Freshness = 'ids' | 'all' | 'nothing';

/** One way in which a literal of the samples becomes a new one. */
export type Replacement =
  | { readonly type: 'identity'; readonly literal: string; readonly identity: Identity }
  | { readonly type: 'time'; readonly literal: string; readonly kind: WrittenTimeKind };

/** Where a time of the samples (milliseconds since 1970) comes to stand; a later one never before an earlier one. */
export type Move = (ms: number) => number;

/** One renewal: a move in time, and one new text for each literal, the same wherever it occurs. */
export class StoryRenewal {
  private readonly made = new Map<string, string>();
  private readonly move: Move;

  /** `move` is how far all times move, or where each goes; `random` gives the new identities, none of them in `taken`. */
  constructor(
    move: number | Move,
    private readonly random: Random,
    private readonly taken = new Set<string>(),
  ) {
    this.move = typeof move === 'number' ? (ms) => ms + move : move;
  }

  /** Another renewal that makes no text that this one has made. */
  beside(move: Move): StoryRenewal {
    return new StoryRenewal(move, this.random, this.taken);
  }

  /** The new text for a literal, of the same length. */
  text(replacement: Replacement): string {
    let text = this.made.get(replacement.literal);
    if (text === undefined) {
      text = replacement.type === 'time' ? this.time(replacement) : this.distinct(replacement);
      if (text.length !== replacement.literal.length) {
        throw new Error(`The renewal of ${replacement.literal} changes its length: ${text}`);
      }
      this.made.set(replacement.literal, text);
    }
    return text;
  }

  private time({ literal, kind }: { literal: string; kind: WrittenTimeKind }): string {
    const { ms, micros } = readTime(literal);
    return formatTime(this.move(ms), kind, micros);
  }

  /** Two things of a story never become one: a text that is taken already is drawn again. */
  private distinct(replacement: Replacement & { type: 'identity' }): string {
    let text = this.identity(replacement);
    for (let draws = 1; this.taken.has(text) && draws < 100; draws++) text = this.identity(replacement);
    this.taken.add(text);
    return text;
  }

  private identity({ literal, identity }: { literal: string; identity: Identity }): string {
    const { kind, pattern, at } = identity;
    const held = heldTime(literal, identity);
    const ms = at === undefined ? this.move(held) : held + writtenDistance(at, this.move);
    return freshIdentity({ kind, length: literal.length, pattern, ms }, this.random);
  }
}

/** The time that an identity is made of, in milliseconds; 0 for one that holds none. */
function heldTime(literal: string, identity: Identity): number {
  switch (identity.kind) {
    case 'uuid7':
      return Number.parseInt(literal.replace('-', '').slice(0, 12), 16);
    case 'nanoseconds':
      return Number(literal.slice(0, -6));
    case 'code':
      return identity.at ? readTime(identity.at).ms + zoneMs(identity.zone) : 0;
    default:
      return 0;
  }
}

/** How far a time moves as it is written: one of whole seconds moves by whole seconds, and ids made of it with it. */
function writtenDistance(time: string, move: Move): number {
  const { ms } = readTime(time);
  const unit = time.includes('.') ? 1 : 1000;
  return Math.floor(move(ms) / unit) * unit - ms;
}

function zoneMs(zone = '+00:00'): number {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The story that an event belongs to; undefined for one that is in none. */
export function storyOf(stories: readonly Story[], event: string): Story | undefined {
  return stories.find((story) => story.events.includes(event));
}
