import { checkPrimeSync, createHash, createPrivateKey, type KeyObject } from 'node:crypto';

const exponent = 65_537n;
const primeBytes = 128;

const kept = new Map<string, KeyObject>();

/** The RSA key of 2048 bits that a seed makes: always the same one, in some tenths of a second, and kept. */
export function seededRsaKey(seed: string): KeyObject {
  const known = kept.get(seed);
  if (known) return known;
  const p = primeOf(`${seed}\0p`);
  const q = primeOf(`${seed}\0q`);
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const parts = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.entries(parts).map(([name, number]) => [name, bytesOf(number).toString('base64url')]);
  const key = createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' });
  kept.set(seed, key);
  return key;
}

/** The first prime from a number that a seed makes, of 1024 bits with the two highest set. */
function primeOf(seed: string): bigint {
  const bytes = Buffer.concat(
    Array.from({ length: primeBytes / 64 }, (_, i) =>
      createHash('sha512').update(`webhook-sim rsa key\0${i}\0${seed}`).digest(),
    ),
  );
  bytes[0]! |= 0xc0;
  bytes[primeBytes - 1]! |= 1;
  let number = BigInt(`0x${bytes.toString('hex')}`);
  while ((number - 1n) % exponent === 0n || !checkPrimeSync(number)) number += 2n;
  return number;
}

/** The number that times `value` is one more than a multiple of `modulus`. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
