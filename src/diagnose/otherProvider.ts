import type { ReceivedRequest } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { fingerprint } from '../core/fingerprint.js';
import { signsByFunction } from '../core/schemeFacts.js';
import type { Secret } from '../core/secret.js';
import { catalogueProviders, mayHoldProof } from '../providers/catalogue.js';
import { verifyReceivedAsync } from '../verify/verify.js';
import { attempt } from './hypotheses/bodyFacts.js';
import { textMistakes } from './hypotheses/mistakes.js';
import type { Case, Cause } from './hypothesis.js';
import { type Reading, readScheme } from './reading.js';

/** The other provider whose request this is: its headers are there, and its signature fits. */
export async function otherProvider(
  { provider, request, secrets, others = [], providers = catalogueProviders() }: Case,
  { carriers }: Reading,
): Promise<{ because: Cause; secret: Secret } | null> {
  const own = new Set(carriers.map(({ kind, name }) => `${kind} ${name}`.toLowerCase()));
  // The index shows which of the shipped ones it may be, so that not all are read.
  const present = new Set(request.headers.map(([name]) => name.toLowerCase()));
  for (const other of providers.filter((each) => mayHoldProof(each, present))) {
    // Functions are not called with requests and secrets of others.
    if (signsByFunction(other)) continue;
    const { carriers: all, spared } = readScheme(other, request);
    const theirs = all.filter(({ name }) => !spared.includes(name));
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

/** The secret under which a request is genuine, and the body that it was signed over. */
export interface Fit {
  readonly secret: Secret;
  readonly over: 'raw' | 'restringified';
}

/** Returns whether a request is genuine by the provider's own verifier; null where it is not. */
export async function findFit(given: Case): Promise<Fit | null> {
  for (const { request, ...fit } of candidates(given)) {
    if (await verifies(given.provider, request, fit.secret)) return fit;
  }
  return null;
}

/** Yields the combinations that may fit, likeliest first. */
function* candidates({ provider, request, secrets }: Case): Generator<Fit & { readonly request: ReceivedRequest }> {
  for (const secret of secrets) yield { request, secret, over: 'raw' };
  if (provider.verifiesOver === 'raw') return;
  const text = attempt(() => JSON.stringify(JSON.parse(Buffer.from(request.body).toString('utf8'))));
  if (text === undefined) return;
  const restringified = { ...request, body: Buffer.from(text) };
  for (const secret of secrets) yield { request: restringified, secret, over: 'restringified' };
}

/** Returns whether a request fits a secret; one that the provider's steps can't decode fits nothing. */
async function verifies(provider: Case['provider'], request: Case['request'], secret: Secret): Promise<boolean> {
  try {
    return (await verifyReceivedAsync(provider, request, [secret.value])).ok;
  } catch (error) {
    if (error instanceof UsageError && error.code === 'BAD_SECRET') return false;
    throw error;
  }
}
