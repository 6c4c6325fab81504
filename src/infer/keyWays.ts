import type { KeyStep } from '../core/scheme.js';
import { deriveKey } from '../signing/key.js';

/** The steps from a secret's text to a key, and the key. */
export interface KeyWay {
  readonly secretAt: number;
  readonly secret: string;
  readonly steps: readonly KeyStep[];
  readonly key: Uint8Array;
}

const decodings: readonly (readonly KeyStep[])[] = [[], ['base64'], ['hex'], ['base64url']];
const hashes: readonly KeyStep[] = ['hash:sha1', 'hash:sha256', 'hash:md5', 'hash:sha512'];

/** Returns the keys that the secrets may encode, each once: first verbatim, then decoded, then hashed. */
export function keyWays(secrets: readonly string[]): KeyWay[] {
  const known = new Set<string>();
  const ways: KeyWay[] = [];
  const plans = (secret: string): (readonly KeyStep[])[] => {
    const starts: (readonly KeyStep[])[] = [[], ...prefixesOf(secret).map((prefix): KeyStep[] => [`strip:${prefix}`])];
    const decoded = starts.flatMap((start) => decodings.map((decoding) => [...start, ...decoding]));
    const normal: KeyStep[][] = secret.normalize('NFKD') === secret ? [] : [['nfkd']];
    return [...decoded, ...normal, ...decoded.flatMap((steps) => hashes.map((hash) => [...steps, hash]))];
  };
  const lists = secrets.map(plans);
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let at = 0; at < longest; at++) {
    for (const [secretAt, secret] of secrets.entries()) {
      const steps = lists[secretAt]![at];
      const key = steps && derived(secret, steps);
      if (!key) continue;
      const identity = `${secretAt} ${Buffer.from(key).toString('hex')}`;
      if (known.has(identity)) continue;
      known.add(identity);
      ways.push({ secretAt, secret, steps, key });
    }
  }
  return ways;
}

/** Returns the prefixes of a secret up to each of its first separators: `whsec_`, `sk_live_`. */
function prefixesOf(secret: string): string[] {
  const prefixes: string[] = [];
  for (const { index } of secret.slice(0, 24).matchAll(/[_-]/g)) prefixes.push(secret.slice(0, index + 1));
  return prefixes.slice(0, 3).filter((prefix) => prefix.length > 2 && prefix.length < secret.length);
}

function derived(secret: string, steps: readonly KeyStep[]): Uint8Array | undefined {
  try {
    return deriveKey(secret, steps);
  } catch {
    return undefined;
  }
}
