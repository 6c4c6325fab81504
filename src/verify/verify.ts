import type { Provider } from '../core/provider.js';
import type { ReceivedRequest } from '../core/receivedRequest.js';
import type { DataScheme } from '../core/scheme.js';
import { FunctionError } from '../delivery/callFunction.js';
import { atOnce, type FunctionTexts } from '../delivery/functions.js';
import { sign } from '../signing/sign.js';
import { signedContent } from '../signing/signedContent.js';
import { signingKey } from '../signing/signingKey.js';
import { isData, type SignatureTemplate } from '../signing/templates.js';
import { equal, proves } from './proves.js';
import { readTold, type Told } from './told.js';

/** Whether a request carries a provider's signature; `reason` says in a sentence why not. */
export type Verification = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** The reason where all that is needed came, and does not fit. */
export const noMatch = 'the signature does not match the body and the secret';

/** What the functions gave for one secret, or why they gave nothing. */
type Given = FunctionTexts | FunctionError;

/**
 * Verifies a request by a provider's own description: takes the values (timestamp, id) from what the request tells,
 * computes the signatures anew and compares them; those of a private key it verifies with the public half, which may be all
 * that a secret is. Any of the secrets may fit. The age of a timestamp is not judged.
 * Whatever came is an answer, never an error; it throws a UsageError only for a bad template or secret of our own, and for a
 * function that signs asynchronously.
 */
export function verify(provider: Provider, request: ReceivedRequest, secrets: readonly string[]): Verification {
  const told = readTold(provider, request);
  if ('reason' in told) return { ok: false, reason: told.reason };
  const given = secrets.map((secret): Given => {
    try {
      return atOnce(told.functionTexts(secret), provider, 'Use verifyAsync, which waits for it.');
    } catch (error) {
      return failure(error);
    }
  });
  return judge(told, request, secrets, given);
}

/** As `verify`, for functions that take their time. */
export async function verifyAsync(
  provider: Provider,
  request: ReceivedRequest,
  secrets: readonly string[],
): Promise<Verification> {
  const told = readTold(provider, request);
  if ('reason' in told) return { ok: false, reason: told.reason };
  const given: Given[] = [];
  for (const secret of secrets) given.push(await textsOrFailure(told, secret));
  return judge(told, request, secrets, given);
}

/** The signature of a name that a function makes of a request anew; null where it makes none. */
export async function signedAnew(
  provider: Provider,
  request: ReceivedRequest,
  secret: string,
  name: string,
): Promise<string | null> {
  const told = readTold(provider, request, [name]);
  if ('reason' in told) return null;
  const given = await textsOrFailure(told, secret);
  return given instanceof FunctionError ? null : (given.get(name)?.[0] ?? null);
}

async function textsOrFailure(told: Told, secret: string): Promise<Given> {
  try {
    return await told.functionTexts(secret);
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): FunctionError {
  if (error instanceof FunctionError) return error;
  throw error;
}

function judge(
  told: Told,
  request: ReceivedRequest,
  secrets: readonly string[],
  given: readonly Given[],
): Verification {
  const { signatures, proofs, found } = told;
  const fits = secrets.some((secret, at) => {
    const functions = given[at]!;
    if (functions instanceof FunctionError) return false;
    const valueIn = (proof: string) => {
      const value = (name: string): string | Uint8Array => {
        const signature = signatures.get(name);
        if (signature) return isData(signature) ? recompute(signature, secret, value) : functions.get(name)![0]!;
        if (name === 'body') return request.body;
        if (name === 'secret') return secret;
        return told.value(name, proof);
      };
      return value;
    };
    return [...proofs].every((name) => {
      const signature = signatures.get(name);
      const value = valueIn(name);
      return [...found.get(name)!].some((text) =>
        signature && isData(signature)
          ? proves({ signature, text, secret, value, isKnown: told.isKnown })
          : equal(text, String(value(name))),
      );
    });
  });
  if (fits) return { ok: true };
  const failed = given.find((each) => each instanceof FunctionError);
  return { ok: false, reason: failed?.message ?? noMatch };
}

function recompute(
  signature: SignatureTemplate<DataScheme>,
  secret: string,
  value: (name: string) => string | Uint8Array,
): string {
  const { options } = signature;
  return sign(options, signingKey(options, secret), signedContent(signature, value));
}
