import type { Secret } from '../core/secret.js';
import type { SignedContent } from '../signing/signContent.js';
import type { CandidateKey, DimensionChoice } from './choices.js';
import type { Cause } from './hypothesis.js';

/** Builds the signed content from a key and a body; undefined where the request lacks a value that it needs. */
export type ContentMaker = (body: Uint8Array, key: CandidateKey) => SignedContent | undefined;

/** The search space: the right choices, and for each dimension the mistaken ones. */
export interface Space<Algorithm> {
  readonly right: Recipe<Algorithm>;
  readonly secret: Iterable<DimensionChoice<CandidateKey>>;
  readonly body: Iterable<DimensionChoice<Uint8Array>>;
  readonly content: Iterable<DimensionChoice<ContentMaker>>;
  readonly algorithm: Iterable<DimensionChoice<Algorithm>>;
  /** The dimension that is varied before the others, where the request says which is the likeliest. */
  readonly first?: Varied;
  /** Whole other ways, such as another provider's scheme. */
  readonly ways: Iterable<AlternativeRecipe<Algorithm>>;
}

/** One choice of each dimension; there is no right key where the provider's steps can't decode the secret. */
export interface Recipe<Algorithm> {
  readonly secret: DimensionChoice<CandidateKey> | null;
  readonly body: DimensionChoice<Uint8Array>;
  readonly content: DimensionChoice<ContentMaker>;
  readonly algorithm: DimensionChoice<Algorithm>;
}

/** A whole other way to a signature; the dimensions that it leaves out are right. */
export type AlternativeRecipe<Algorithm> = Partial<Recipe<Algorithm>> & { readonly because: Cause };

/** The comparison of a computed signature with the received one. */
export interface Judge<Algorithm> {
  /** Ways in which the received signature can be read. */
  readonly size: number;
  /** The cost of one comparison in bytes, besides those of the body. */
  readonly cost: number;
  /** Returns the assumptions under which an algorithm gives the received signature; undefined where it does not. */
  readonly find: (algorithm: Algorithm, key: CandidateKey, content: SignedContent) => readonly Cause[] | undefined;
}

/** An explanation, and the secret that it is about. */
export interface Explanation {
  readonly because: readonly Cause[];
  readonly secret: Secret;
}

/** The result of a search, and its extent. */
export interface Search {
  readonly found: Explanation | null;
  readonly tried: Readonly<Record<string, number>>;
  readonly complete: boolean;
}

type Varied = keyof Recipe<unknown>;

const dimensions = ['secret', 'body', 'content', 'algorithm'] as const;

/** The likeliest pairs first, as the bytes that may be hashed are limited. */
const pairs: readonly (readonly [Varied, Varied])[] = [
  ['secret', 'body'],
  ['body', 'content'],
  ['secret', 'content'],
  ['secret', 'algorithm'],
  ['content', 'algorithm'],
  ['body', 'algorithm'],
];

/** Bytes that all pairs together may hash: some tenths of a second. */
const maxBytes = 416 << 20;

/**
 * Searches the simplest way to one of the targets: only the text wrong, then one mistake, then two of different dimensions. Hashes the result of a
 * mistake once; reading the targets in another encoding costs nothing. `onWork` is called with each attempt.
 */
export function search<Algorithm>(
  { right, ways, first, ...space }: Space<Algorithm>,
  judge: Judge<Algorithm>,
  onWork?: () => void,
): Search {
  const tried = { secret: 0, body: 0, content: 0, algorithm: 0, ways: 0, pairs: 0 };
  let bytes = 0;
  const attempt = (changed: Partial<Recipe<Algorithm>>): Explanation | null => {
    onWork?.();
    const { secret, body, content, algorithm } = { ...right, ...changed };
    const pieces = secret && content.value(body.value, secret.value);
    if (!pieces) return null;
    bytes += body.value.length + judge.cost;
    const reading = judge.find(algorithm.value, secret.value, pieces);
    if (!reading) return null;
    const because = [secret, body, content, algorithm].flatMap((choice) => choice.because ?? []);
    return { because: [...because, ...reading], secret: secret.value.of };
  };
  const result = (found: Explanation | null, complete = true): Search => ({ found, tried, complete });

  if (judge.size === 0) return result(null);
  const plain = attempt({});
  if (plain) return result(plain);
  for (const dimension of new Set([...(first ? [first] : []), ...dimensions])) {
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
        if (bytes > maxBytes) return result(null, false);
        tried.pairs++;
        const found = attempt({ [first]: one, [second]: other });
        if (found) return result(found);
      }
    }
  }
  return result(null);
}
