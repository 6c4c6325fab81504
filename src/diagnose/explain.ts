import { UsageError } from '../core/errors.js';
import { fingerprint } from '../core/fingerprint.js';
import { keyPairKind } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { senderProof } from '../core/senderProof.js';
import { catalogueProviders } from '../providers/catalogue.js';
import { contentNames } from '../signing/templates.js';
import { computedClaims, findClaims } from './claims.js';
import { explainKeyPair } from './explainKeyPair.js';
import { explainToken } from './explainToken.js';
import { credentialMistakes } from './hypotheses/credentialMistakes.js';
import type { Case, Cause } from './hypothesis.js';
import { messageVariables } from './messageVariables.js';
import type { SpaceSource } from './otherRecipes.js';
import { readHeaders } from './readHeaders.js';
import { headerNamesIn, isSecretItself, type Reading, writeTemplate } from './reading.js';
import { type Explanation, type Search, search } from './search.js';
import { createSpace } from './searchSpace.js';
import { createDigestJudge, Targets } from './targets.js';

/** The signatures that a receiver computes to compare them: those of the request, and those that its tokens claim. */
export function computedProofs({ proofs, schemes, signatures }: Reading): string[] {
  const claimed = proofs.flatMap((proof) => {
    const scheme = schemes.get(proof);
    return scheme?.options.scheme === 'jwt' ? contentNames(scheme) : [];
  });
  return [...proofs, ...claimed].filter((name) => name === 'secret' || signatures.has(name));
}

export function nothingComputed({ provider, nameOf }: Case): UsageError {
  const computed = nameOf('computed');
  return new UsageError(
    'NOTHING_COMPUTED',
    senderProof(provider) === 'nothing'
      ? `${computed}: ${provider.title} signs nothing, so that a receiver computes no value that could be compared: leave ${computed} out.`
      : `${computed}: ${provider.title} signs with a private key. A receiver verifies with the public one and computes no value that could be compared: leave ${computed} out.`,
  );
}

/** Searches an explanation for one signature of the request or, where it is given, for the value that the receiver computed. */
export function explain(
  given: Case,
  reading: Reading,
  proof: string,
  secrets: readonly Secret[],
  computed?: string,
): Search {
  const { provider, request, others = [], providers = catalogueProviders() } = given;
  const facts = messageVariables(reading, proof);
  const { values } = readHeaders(reading.needed, reading);
  const claims =
    computed === undefined ? findClaims(proof, reading, facts) : computedClaims(computed, proof, reading, facts);
  const source = {
    reading,
    proof,
    body: request.body,
    given: secrets,
    others: others.filter(({ value }) => !secrets.some((secret) => secret.value === value)),
    values: new Map([...values].map(([name, texts]) => [name, texts[0]!])),
    providers: providers.filter(({ name }) => name !== provider.name),
    facts,
    onWork: given.onWork,
  };
  const options = reading.schemes.get(proof)?.options;
  if (options?.scheme === 'jwt') return explainToken(source, claims, given.now);
  if (options && keyPairKind(options)) return explainKeyPair(source, claims);
  const encoding =
    options &&
    options.scheme !== 'crc32' &&
    'encoding' in options &&
    options.encoding !== 'text' &&
    options.encoding !== 'form'
      ? options.encoding
      : null;
  const targets = new Targets(claims, encoding, facts);
  const searched = search(createSpace(source), createDigestJudge(targets), given.onWork);
  if (computed !== undefined || (searched.found && !searched.found.because.some(isWeaker))) return searched;
  return { ...searched, found: explainCredentials(source) ?? searched.found };
}

const weaker = ['signature-prefix', 'signature-prefix-missing', 'secret-unicode-form', 'secret-percent-encoded'];

/** Returns whether a mistake in the text around a secret, or in its notation, explains less than the mistakes of credentials do. */
function isWeaker({ mistake: { name } }: Cause): boolean {
  return weaker.includes(name);
}

/** Finds the mistake in a received secret; null where none of them explains it. */
function explainCredentials({ reading, proof, given, facts }: SpaceSource): Explanation | null {
  const carrier = reading.carriers.find((each) => headerNamesIn(each).includes(proof));
  if (!carrier || !isSecretItself(proof, reading)) return null;
  const [received, ...more] = carrier.texts();
  if (!received || more.length > 0 || carrier.join !== null) return null;
  const before = writeTemplate(carrier.each.slice(0, -1));
  for (const hypothesis of credentialMistakes) {
    for (const secret of given) {
      const isEncoded = proof !== 'secret';
      const input = { received: received.trim(), before, secret: secret.value, isEncoded, fingerprint };
      const [variant] = hypothesis.variants(input);
      if (!variant) continue;
      const because = {
        mistake: hypothesis,
        dimension: 'encoding' as const,
        facts: { ...facts, detail: variant.detail ?? '' },
      };
      return { because: [because], secret };
    }
  }
  return null;
}
