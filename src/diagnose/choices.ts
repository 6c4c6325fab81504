import { createHash, type KeyObject } from 'node:crypto';
import type { Dimension } from '../core/diagnosis.js';
import type { KeyStep } from '../core/scheme.js';
import type { Secret } from '../core/secret.js';
import { deriveKey } from '../signing/key.js';
import type { Ingredients } from './hypotheses/algorithms.js';
import type { SecretMaterial } from './hypotheses/secretFacts.js';
import type { Cause, Hypothesis } from './hypothesis.js';

/** One value of a dimension: the right one, or that of a mistake. */
export interface DimensionChoice<T> {
  readonly value: T;
  readonly because: Cause | null;
  /** Whether it is only tried with everything else as it should be. */
  readonly alone: boolean;
}

/** The choices of one dimension: the right one first, then those of the hypotheses, each value once. */
export function* choices<Input, Content, T>(source: {
  readonly dimension: Dimension;
  readonly hypotheses: readonly Hypothesis<Input, Content>[];
  readonly input: Input;
  /** Converts a hypothesis's result for the search; undefined where it can't be used. */
  readonly use: (content: Content) => T | undefined;
  /** Two values of one identity are the same; null where each counts. */
  readonly identity: (value: T) => string | null;
  /** Identities that are no mistake, or have been tried. */
  readonly known: Set<string>;
  readonly facts: Readonly<Record<string, string>>;
}): Generator<DimensionChoice<T>> {
  const { dimension, hypotheses, input, use, identity, known, facts } = source;
  for (const hypothesis of hypotheses) {
    for (const { value: content, detail } of hypothesis.variants(input)) {
      const value = use(content);
      if (value === undefined) continue;
      const key = identity(value);
      if (key !== null && known.has(key)) continue;
      if (key !== null) known.add(key);
      const because = { mistake: hypothesis, dimension, facts: { ...facts, ...(detail !== undefined && { detail }) } };
      yield { value, because, alone: hypothesis.alone === true };
    }
  }
}

/** A key and the text that it was made of, with the secret that it belongs to. */
export type CandidateKey = Pick<Ingredients, 'key' | 'secret'> & {
  readonly of: Secret;
  /** The public half, where the secret is a private key. */
  readonly half?: KeyObject;
};

/** The key that a secret's material makes; undefined where the provider's steps can't decode it. */
export function toKey(
  material: SecretMaterial,
  steps: readonly KeyStep[] | undefined,
  of: Secret,
): CandidateKey | undefined {
  if ('key' in material) return { key: material.key, secret: material.key, of };
  try {
    const owner = material.of ?? of;
    return { key: deriveKey(material.text, steps), secret: Buffer.from(material.text), of: owner };
  } catch {
    return undefined;
  }
}

/** The identity of bytes. */
export function hashIdentity(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('base64');
}

/** The items of a generator, made when they are first asked for and kept. */
export function memoizeIterator<T>(source: Iterator<T>): Iterable<T> {
  const kept: T[] = [];
  return {
    *[Symbol.iterator]() {
      for (let at = 0; ; at++) {
        if (at === kept.length) {
          const next = source.next();
          if (next.done) return;
          kept.push(next.value);
        }
        yield kept[at]!;
      }
    },
  };
}
