import { UsageError } from '../core/errors.js';
import type { Secret } from '../core/secret.js';
import { verify } from '../delivery/verify.js';
import type { Case } from './case.js';
import { attempt } from './hypotheses/bodyFacts.js';

/** The secret under which a request is genuine, and the body that it was signed over. */
export interface Fit {
  readonly secret: Secret;
  readonly over: 'raw' | 'restringified';
}

/** Whether a request is genuine, as the provider's own verifier would have it; null where it is not. */
export function fitOf({ provider, request, secrets }: Case): Fit | null {
  for (const secret of secrets) if (fits(secret)) return { secret, over: 'raw' };
  if (provider.verifiesOver === 'raw') return null;
  const text = attempt(() => JSON.stringify(JSON.parse(Buffer.from(request.body).toString('utf8'))));
  if (text === undefined) return null;
  for (const secret of secrets) if (fits(secret, Buffer.from(text))) return { secret, over: 'restringified' };
  return null;

  function fits(secret: Secret, body: Uint8Array = request.body): boolean {
    return verifies(provider, { ...request, body }, secret);
  }
}

/** Whether a request fits a secret; one that the provider's steps can't decode fits nothing. */
export function verifies(provider: Case['provider'], request: Case['request'], secret: Secret): boolean {
  try {
    return verify(provider, request, [secret.value]).ok;
  } catch (error) {
    if (error instanceof UsageError && error.code === 'BAD_SECRET') return false;
    throw error;
  }
}
