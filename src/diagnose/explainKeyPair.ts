import type { KeyPairScheme } from '../signing/keyPairSignature.js';
import { bytesOf } from '../signing/signContent.js';
import type { SignatureTemplate } from '../signing/templates.js';
import { choices, memoizeIterator } from './choices.js';
import { encodings } from './hypotheses/encodings.js';
import { keyPairAlgorithms, ownVerifier, type Verifier } from './hypotheses/keyPairAlgorithms.js';
import type { Cause } from './hypothesis.js';
import { candidateKey, keyChoices } from './keys.js';
import type { SpaceSource } from './otherRecipes.js';
import { type Judge, type Search, search } from './search.js';
import { bodyChoices, contentChoices } from './searchSpace.js';
import { type ClaimedText, stripDecoration } from './targets.js';
import { toContent } from './toContent.js';

/** Bytes that may be a signature, with the assumptions under which they are one. */
export interface ClaimedBytes {
  readonly bytes: Uint8Array;
  readonly because: readonly Cause[];
}

/** Readings of the received signature that are tried with each content, key and algorithm. */
const maxReadings = 12;
/** The cost of a verification, in bytes that are hashed. */
const cost = 300_000;

/** Searches an explanation for the signature of a private key: every attempt is verified with the public key. */
export function explainKeyPair(source: SpaceSource, claims: readonly ClaimedText[]): Search {
  const { reading, proof, body, facts } = source;
  const signature = reading.schemes.get(proof) as SignatureTemplate & { readonly options: KeyPairScheme };
  const { options, content } = signature;
  const key = candidateKey(options, source.given[0]!);
  const right = <T>(value: T) => ({ value, because: null, alone: false });
  const algorithm = choices<KeyPairScheme, Verifier, Verifier>({
    dimension: 'algorithm',
    hypotheses: keyPairAlgorithms,
    input: options,
    use: (verifier) => verifier,
    identity: () => null,
    known: new Set(),
    facts,
  });
  return search<Verifier>(
    {
      right: {
        secret: key ? right(key) : null,
        body: right(body),
        content: right(toContent({ template: content, values: new Map() }, source)),
        algorithm: right(ownVerifier(options)),
      },
      secret: memoizeIterator(keyChoices(source, options)),
      body: memoizeIterator(bodyChoices(source)),
      content: memoizeIterator(contentChoices(source)),
      algorithm: memoizeIterator(algorithm),
      ways: [],
    },
    createJudge(readClaims(claims, options, facts)),
    source.onWork,
  );
}

/** The bytes that texts may encode, the plainest reading first. */
function readClaims(
  claims: readonly ClaimedText[],
  { encoding }: KeyPairScheme,
  facts: Readonly<Record<string, string>>,
): ClaimedBytes[] {
  const found = new Map<string, ClaimedBytes>();
  const read = claims
    .flatMap((claim) => [...stripDecoration(claim, facts)])
    .flatMap(({ text, because }) =>
      encodings.flatMap((mistake): ClaimedBytes[] => {
        const bytes = mistake.decode(text);
        if (!bytes || bytes.length < 32) return [];
        const own = mistake.is.includes(encoding);
        return [{ bytes, because: own ? because : [...because, { mistake, dimension: 'encoding', facts }] }];
      }),
    );
  for (const claim of read.sort((a, b) => a.because.length - b.because.length)) {
    const key = Buffer.from(claim.bytes).toString('hex');
    if (!found.has(key)) found.set(key, claim);
  }
  return [...found.values()].slice(0, maxReadings);
}

function createJudge(readings: readonly ClaimedBytes[]): Judge<Verifier> {
  return {
    size: readings.length,
    cost,
    find: (verifies, { half }, pieces) => {
      if (!half) return undefined;
      const content = bytesOf(pieces);
      return readings.find(({ bytes }) => fits(() => verifies(half, content, bytes)))?.because;
    },
  };
}

/** For some hostile bytes the library throws an error: they are no signature. */
function fits(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}
