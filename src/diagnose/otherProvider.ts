import { fingerprint } from '../core/fingerprint.js';
import { signsByFunction } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { catalogueProviders } from '../providers/catalogue.js';
import type { Case } from './case.js';
import { verifies } from './fit.js';
import { textMistakes } from './hypotheses/mistakes.js';
import type { Cause } from './hypothesis.js';
import { type Reading, readScheme } from './reading.js';

/** The other provider whose request this is: its headers are there, and its signature fits. */
export async function otherProvider(
  { provider, request, secrets, others = [], providers = catalogueProviders() }: Case,
  { carriers }: Reading,
): Promise<{ because: Cause; secret: Secret } | null> {
  const own = new Set(carriers.map(({ kind, name }) => `${kind} ${name}`.toLowerCase()));
  for (const other of providers) {
    // Functions are not called with requests and secrets of others.
    if (signsByFunction(other)) continue;
    const theirs = readScheme(other, request).carriers;
    const isThere = theirs.every(
      ({ kind, name, texts }) => texts().length > 0 && !own.has(`${kind} ${name}`.toLowerCase()),
    );
    if (other.name === provider.name || theirs.length === 0 || !isThere) continue;
    const sample: Secret = { value: other.secret.sample, source: 'sample', isSample: true };
    let secret: Secret | undefined;
    for (const candidate of [...secrets, ...others, sample]) {
      if (!(await verifies(other, request, candidate))) continue;
      secret = candidate;
      break;
    }
    if (!secret) continue;
    const words = secret.isSample
      ? 'the sample secret'
      : `the secret of ${secret.source} (${fingerprint(secret.value)})`;
    const facts = {
      provider: provider.title,
      other: other.title,
      otherName: other.name,
      header: theirs[0]!.name,
      secret: words,
    };
    return { because: { mistake: textMistakes.otherProvider, dimension: 'provider', facts }, secret };
  }
  return null;
}
