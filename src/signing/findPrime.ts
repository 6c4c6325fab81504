import { checkPrimeSync } from 'node:crypto';

/** Odd primes below this are tried at once on many numbers: most numbers have one, and the full test of each takes long. */
const largestTried = 8_000;
const numbersAtOnce = 16_384;

/** Finds the first prime from a large odd number that `fits`. */
export function findPrime(from: bigint, fits: (prime: bigint) => boolean): bigint {
  const small = smallPrimes();
  for (let base = from; ; base += BigInt(2 * numbersAtOnce)) {
    const isDivided = new Uint8Array(numbersAtOnce);
    for (const prime of small) {
      const lacking = (prime - Number(base % BigInt(prime))) % prime;
      const first = lacking % 2 === 0 ? lacking / 2 : (lacking + prime) / 2;
      for (let at = first; at < numbersAtOnce; at += prime) isDivided[at] = 1;
    }
    for (let at = 0; at < numbersAtOnce; at++) {
      if (isDivided[at] === 1) continue;
      const number = base + BigInt(2 * at);
      if (fits(number) && checkPrimeSync(number)) return number;
    }
  }
}

/** The odd primes that are tried, by the sieve of Eratosthenes. */
function smallPrimes(): number[] {
  const isDivided = new Uint8Array(largestTried);
  const primes: number[] = [];
  for (let number = 3; number < largestTried; number += 2) {
    if (isDivided[number] === 1) continue;
    primes.push(number);
    for (let multiple = number * number; multiple < largestTried; multiple += 2 * number) isDivided[multiple] = 1;
  }
  return primes;
}
