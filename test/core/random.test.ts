import { describe, expect, it } from 'vitest';
import { type Random, randomBelow, randomFrom, seededRandom } from '../../src/core/random.js';

const first = (random: Random, count = 4) => Array.from({ length: count }, () => random.uint32());

describe('random numbers', () => {
  // From sfc32 written in Python after PractRand, with (seed, seed >> 32, 0x9e3779b9, 1) and 15 rounds to start;
  // for bytes, with four big-endian words, the last one made odd.
  it.each([
    [0, [3300212312, 1743954244, 207519241, 3716241083]],
    [1, [2308299391, 1950625580, 354034397, 661219729]],
    [42, [3893884377, 145076852, 3246010591, 4141225530]],
    [2 ** 32, [3685413526, 628251110, 212572038, 1878899064]],
    [2 ** 53 - 1, [4087913446, 125566104, 1993914836, 1881733290]],
  ])('of seed %d are always the same', (seed, numbers) => {
    expect(first(seededRandom(seed))).toEqual(numbers);
  });

  it('of the same bytes are the same, wherever the bytes lie', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
    const numbers = [2020542899, 2280078450, 2151583542, 1570005578];
    expect(first(randomFrom(bytes))).toEqual(numbers);
    const larger = new Uint8Array(40);
    larger.set(bytes, 5);
    expect(first(randomFrom(larger.subarray(5, 21)))).toEqual(numbers);
  });

  it('of different seeds differ', () => {
    const starts = new Set(Array.from({ length: 10_000 }, (_, seed) => first(seededRandom(seed), 2).join()));
    expect(starts.size).toBe(10_000);
  });

  it('below a limit are all of its numbers, about equally often', () => {
    const random = seededRandom(9);
    const counts = Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[randomBelow(random, 10)]!++;
    expect(counts).toHaveLength(10);
    // 10,000 of each are expected, with a standard deviation of 95.
    expect(Math.min(...counts)).toBeGreaterThan(9500);
    expect(Math.max(...counts)).toBeLessThan(10_500);
  });

  it('below a limit stay in it at the ends', () => {
    expect(randomBelow({ uint32: () => 0 }, 6)).toBe(0);
    expect(randomBelow({ uint32: () => 2 ** 32 - 1 }, 6)).toBe(5);
    expect(randomBelow({ uint32: () => 2 ** 32 - 1 }, 1)).toBe(0);
  });
});
