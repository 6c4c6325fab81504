import { UsageError } from '../core/errors.js';
import type { ReceivedRequest } from '../core/receivedRequest.js';
import type { Secret } from '../core/secret.js';
import { verifyReceivedAsync } from '../verify/verify.js';
import type { Case } from './case.js';
import { attempt } from './hypotheses/bodyFacts.js';

/** The secret under which a request is genuine, and the body that it was signed over. */
export interface Fit {
  readonly secret: Secret;
  readonly over: 'raw' | 'restringified';
}

/** Whether a request is genuine, as the provider's own verifier would have it; null where it is not. */
export async function findFit(given: Case): Promise<Fit | null> {
  for (const { request, ...fit } of candidates(given)) {
    if (await verifies(given.provider, request, fit.secret)) return fit;
  }
  return null;
}

/** What may fit, likeliest first. */
function* candidates({ provider, request, secrets }: Case): Generator<Fit & { readonly request: ReceivedRequest }> {
  for (const secret of secrets) yield { request, secret, over: 'raw' };
  if (provider.verifiesOver === 'raw') return;
  const text = attempt(() => JSON.stringify(JSON.parse(Buffer.from(request.body).toString('utf8'))));
  if (text === undefined) return;
  const restringified = { ...request, body: Buffer.from(text) };
  for (const secret of secrets) yield { request: restringified, secret, over: 'restringified' };
}

/** Whether a request fits a secret; one that the provider's steps can't decode fits nothing. */
export async function verifies(provider: Case['provider'], request: Case['request'], secret: Secret): Promise<boolean> {
  try {
    return (await verifyReceivedAsync(provider, request, [secret.value])).ok;
  } catch (error) {
    if (error instanceof UsageError && error.code === 'BAD_SECRET') return false;
    throw error;
  }
}
