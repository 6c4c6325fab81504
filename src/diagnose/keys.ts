import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../core/errors.js';
import type { SchemeOptions } from '../core/scheme.js';
import { keyPairKind } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { verifyingKey } from '../signing/signingKey.js';
import { type CandidateKey, choices, type DimensionChoice } from './choices.js';
import { secretOthers } from './hypotheses/secretFacts.js';
import type { SpaceSource } from './otherRecipes.js';
import type { Reading } from './reading.js';

/** Returns the public key of a secret; null where it is no key of that kind. */
export function publicHalf(options: SchemeOptions, secret: string): KeyObject | null {
  try {
    const key = verifyingKey(options, secret) as KeyObject;
    return key.type === 'private' ? createPublicKey(key) : key;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** Returns the key of a secret for the search; undefined where it is none. */
export function candidateKey(options: SchemeOptions, secret: Secret): CandidateKey | undefined {
  const half = keyPairKind(options) && publicHalf(options, secret.value);
  return half ? { key: new Uint8Array(), secret: new Uint8Array(), of: secret, half } : undefined;
}

/** The keys that may have signed in place of the right one: further ones that were given, others of the user's, and the sample. */
export function keyChoices(
  source: Pick<SpaceSource, 'reading' | 'given' | 'others' | 'facts'>,
  options: SchemeOptions,
) {
  const { reading, given, others, facts } = source;
  const { provider } = reading;
  const [first] = given;
  return choices<
    Parameters<(typeof secretOthers)[number]['variants']>[0],
    { text?: string; of?: Secret },
    CandidateKey
  >({
    dimension: 'secret',
    hypotheses: secretOthers as never,
    input: { text: first!.value, provider, others: [...given.slice(1), ...others], variables: [] },
    use: ({ text, of }) =>
      text === undefined ? undefined : candidateKey(options, of ?? { value: text, source: 'sample', isSample: true }),
    identity: ({ half }) => identityOfKey(half!),
    known: new Set(publicHalf(options, first!.value) ? [identityOfKey(publicHalf(options, first!.value)!)] : []),
    facts,
  }) as Generator<DimensionChoice<CandidateKey>>;
}

function identityOfKey(half: KeyObject): string {
  return half.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** The beginning of a public key's SHA-256, as `openssl pkey -pubin -outform DER | sha256sum` has it. */
export function publicFingerprint(half: KeyObject): string {
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

/** Throws a UsageError where a provider's signatures are those of a key pair, and none of the secrets is a key. */
export function assertKey({ schemes }: Reading, secrets: readonly Secret[]): void {
  for (const { options } of schemes.values()) {
    if (!keyPairKind(options) || secrets.some(({ value }) => publicHalf(options, value))) continue;
    verifyingKey(options, secrets[0]!.value);
  }
}
