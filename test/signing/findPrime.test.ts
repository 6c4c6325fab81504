import { checkPrimeSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { findPrime } from '../../src/signing/findPrime.js';

/** One number after the other, each with the full test. */
function nextPrime(from: bigint, fits: (prime: bigint) => boolean): bigint {
  let number = from;
  while (!fits(number) || !checkPrimeSync(number)) number += 2n;
  return number;
}

it('finds the same prime as who tries each number', () => {
  const starts = [10_007n ** 12n, 2n ** 300n + 1n, 3n ** 200n, 7n ** 101n * 2n + 1n];
  for (const from of starts) {
    for (const modulus of [5n, 65_537n]) {
      const fits = (prime: bigint) => (prime - 1n) % modulus !== 0n;
      expect(findPrime(from, fits)).toBe(nextPrime(from, fits));
    }
  }
});

it('goes on where none of the first numbers fits', () => {
  const from = 2n ** 128n + 1n;
  const farther = from + 100_000n;
  const found = findPrime(from, (prime) => prime > farther);
  expect(found).toBe(nextPrime(farther, (prime) => prime > farther));
});
