import { fingerprint } from '../core/fingerprint.js';
import { credentialMistakes } from './hypotheses/credentialMistakes.js';
import { isSecretItself, namesIn, written } from './reading.js';
import type { Explanation } from './search.js';
import type { SpaceSource } from './spaceSource.js';

/** What explains a secret that came otherwise than it should; null where nothing of this does. */
export function explainCredentials({ reading, proof, given, facts }: SpaceSource): Explanation | null {
  const carrier = reading.carriers.find((each) => namesIn(each).includes(proof));
  if (!carrier || !isSecretItself(proof, reading)) return null;
  const [came, ...more] = carrier.texts();
  if (!came || more.length > 0 || carrier.join !== null) return null;
  const before = written(carrier.each.slice(0, -1));
  for (const hypothesis of credentialMistakes) {
    for (const secret of given) {
      const isEncoded = proof !== 'secret';
      const input = { came: came.trim(), before, secret: secret.value, isEncoded, fingerprint };
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
