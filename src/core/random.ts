/** A source of random numbers; given as an argument everywhere, so that a run with a seed repeats itself. */
export interface Random {
  /** A whole number from 0 to 2³² − 1. */
  uint32(): number;
}

/** sfc32 by Chris Doty-Humphrey (PractRand): small, fast, and good enough for identities that must only differ. */
class Sfc32 implements Random {
  constructor(
    private a: number,
    private b: number,
    private c: number,
    private counter: number,
  ) {
    for (let i = 0; i < 15; i++) this.uint32();
  }

  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return t >>> 0;
  }
}

/** The same numbers for the same seed (a whole number up to 2⁵³), on every machine. */
export function seededRandom(seed: number): Random {
  return new Sfc32(seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9, 1);
}

/** Numbers that start from 16 random bytes of the caller's. */
export function randomFrom(entropy: Uint8Array): Random {
  const view = new DataView(entropy.buffer, entropy.byteOffset, 16);
  return new Sfc32(view.getInt32(0), view.getInt32(4), view.getInt32(8), view.getInt32(12) | 1);
}

/** Numbers of their own, that do not depend on how many are taken of the others from here on. */
export function branchRandom(random: Random): Random {
  return new Sfc32(random.uint32() | 0, random.uint32() | 0, random.uint32() | 0, 1);
}

/** A whole number from 0 to `limit` − 1, without bias worth the name for small limits. */
export function randomBelow(random: Random, limit: number): number {
  return Math.floor((random.uint32() / 2 ** 32) * limit);
}

/** A number from 0 up to 1, which is never reached. */
export function randomShare(random: Random): number {
  return random.uint32() / 2 ** 32;
}

/** The item whose weight covers a place, where the weights lie one after the other from 0 on; undefined beyond the last. */
export function chooseByWeight<T>(items: readonly T[], weightOf: (item: T) => number, place: number): T | undefined {
  let end = 0;
  for (const item of items) {
    end += weightOf(item);
    if (place < end) return item;
  }
  return undefined;
}
