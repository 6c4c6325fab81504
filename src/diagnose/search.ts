import type { Secret } from '../core/secret.js';
import type { SignedContent } from '../signing/sign.js';
import type { Choice, Key } from './choices.js';
import type { Algorithm } from './hypotheses/algorithms.js';
import type { Because } from './hypothesis.js';
import type { Targets } from './targets.js';

/** The signed content that a key and a body make; undefined where a value that it needs is not told. */
export type Content = (body: Uint8Array, key: Key) => SignedContent | undefined;

/** What is varied: the right choices, and for each dimension the mistaken ones. */
export interface Space {
  readonly right: Recipe;
  readonly secret: Iterable<Choice<Key>>;
  readonly body: Iterable<Choice<Uint8Array>>;
  readonly content: Iterable<Choice<Content>>;
  readonly algorithm: Iterable<Choice<Algorithm>>;
  /** Whole other ways, such as another provider's scheme. */
  readonly ways: Iterable<Way>;
}

/** One choice of each dimension; there is no right key where the provider's steps can't decode the secret. */
export interface Recipe {
  readonly secret: Choice<Key> | null;
  readonly body: Choice<Uint8Array>;
  readonly content: Choice<Content>;
  readonly algorithm: Choice<Algorithm>;
}

/** A whole other way to a signature; what it leaves out is as it should be. */
export type Way = Partial<Recipe> & { readonly because: Because };

/** An explanation, and the secret that it is about. */
export interface Explanation {
  readonly because: readonly Because[];
  readonly secret: Secret;
}

/** What a search found and how far it went. */
export interface Search {
  readonly found: Explanation | null;
  readonly tried: Readonly<Record<keyof Recipe | 'ways' | 'pairs', number>>;
  readonly complete: boolean;
}

/** The likeliest pairs first, as the bytes that may be hashed are limited. */
const pairs: readonly (readonly [keyof Recipe, keyof Recipe])[] = [
  ['secret', 'body'],
  ['body', 'content'],
  ['secret', 'content'],
  ['secret', 'algorithm'],
  ['content', 'algorithm'],
  ['body', 'algorithm'],
];

/** Bytes that all pairs together may hash: some tenths of a second. */
const mostBytes = 352 << 20;

/**
 * Looks for the simplest way to one of the targets: nothing wrong but the text, then one mistake, then two of different
 * dimensions. What a mistake makes is hashed once; reading the targets in another encoding costs nothing.
 */
export function search({ right, ways, ...space }: Space, targets: Targets): Search {
  const tried = { secret: 0, body: 0, content: 0, algorithm: 0, ways: 0, pairs: 0 };
  let bytes = 0;
  const attempt = (changed: Partial<Recipe>): Explanation | null => {
    const { secret, body, content, algorithm } = { ...right, ...changed };
    const pieces = secret && content.value(body.value, secret.value);
    if (!pieces) return null;
    bytes += body.value.length;
    const reading = targets.find(algorithm.value({ ...secret.value, content: pieces }));
    if (!reading) return null;
    const because = [secret, body, content, algorithm].flatMap((choice) => choice.because ?? []);
    return { because: [...because, ...reading], secret: secret.value.of };
  };
  const result = (found: Explanation | null, complete = true): Search => ({ found, tried, complete });

  if (targets.size === 0) return result(null);
  const plain = attempt({});
  if (plain) return result(plain);
  for (const dimension of ['secret', 'body', 'content', 'algorithm'] as const) {
    for (const choice of space[dimension]) {
      tried[dimension]++;
      const found = attempt({ [dimension]: choice });
      if (found) return result(found);
    }
  }
  for (const { because, ...way } of ways) {
    tried.ways++;
    const found = attempt(way);
    if (found) return result({ ...found, because: [because] });
  }
  bytes = 0;
  for (const [first, second] of pairs) {
    for (const one of space[first]) {
      if (one.alone) continue;
      for (const other of space[second]) {
        if (other.alone) continue;
        if (bytes > mostBytes) return result(null, false);
        tried.pairs++;
        const found = attempt({ [first]: one, [second]: other });
        if (found) return result(found);
      }
    }
  }
  return result(null);
}
