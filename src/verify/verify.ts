import type { ReceivedRequest } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { providerInReceivedMode } from '../core/providerMode.js';
import type { DataScheme } from '../core/scheme.js';
import { FunctionError } from '../delivery/callFunction.js';
import { assertSignedByData, type FunctionTexts, noTexts } from '../delivery/functions.js';
import { bodyOpener, openWith } from '../delivery/openedBody.js';
import { signContent, signedContent } from '../signing/signContent.js';
import { signingKey } from '../signing/signingKey.js';
import { isData, type SignatureTemplate } from '../signing/templates.js';
import { equal, matchesClaim } from './matchesClaim.js';
import { resolveMessageSignatures } from './messageSignature.js';
import { parseSignedRequest, type SignedValues } from './parseSignedRequest.js';

/** The result of verifying a provider's signature; `reason` says in a sentence why it failed, `remark` which other signature is missing. */
export type Verification =
  | { readonly ok: true; readonly remark?: string }
  | { readonly ok: false; readonly reason: string };

/** The reason where all that is needed came, and does not fit. */
export const noMatch = 'the signature does not match the body and the secret';

/**
 * Verifies a request by a provider's own description: takes the values (timestamp, id) from the request, computes the signatures again and compares
 * them; those of a private key it verifies with the public half, which may be all that a secret is. Any of the secrets may match. The age of a
 * timestamp is not judged. A bad request is a result, never an error; it rejects with a UsageError only for a bad template or secret of our own.
 */
export async function verifyReceivedAsync(
  usual: Provider,
  request: ReceivedRequest,
  secrets: readonly string[],
): Promise<Verification> {
  const provider = providerInReceivedMode(usual, request);
  const resolved = resolveMessageSignatures(provider, request);
  if ('reason' in resolved) return { ok: false, reason: resolved.reason };
  const opener = bodyOpener(resolved.provider);
  let reason: string | undefined;
  let parsed = opener ? null : parseSignedRequest(resolved.provider, resolved.request);
  for (const secret of secrets) {
    if (opener) {
      const closed = await openWith(opener, resolved.provider, resolved.request, secret);
      reason ??= closed ?? undefined;
      if (closed !== null) continue;
      parsed = parseSignedRequest(resolved.provider, resolved.request);
    }
    if ('reason' in parsed!) {
      reason = parsed.reason;
      continue;
    }
    const given = await textsOrError(parsed!, secret);
    if (given instanceof FunctionError) reason ??= given.message;
    else if (fits(parsed!, secret, given)) return genuineResult(parsed!);
  }
  if (parsed && 'reason' in parsed) return { ok: false, reason: parsed.reason };
  return { ok: false, reason: reason ?? noMatch };
}

/** As `verifyAsync`, without a promise, for providers whose schemes are data. Throws a UsageError for one that signs with a function. */
export function verifyReceived(usual: Provider, request: ReceivedRequest, secrets: readonly string[]): Verification {
  const provider = providerInReceivedMode(usual, request);
  assertSignedByData(provider, 'verifyAsync');
  const resolved = resolveMessageSignatures(provider, request);
  if ('reason' in resolved) return { ok: false, reason: resolved.reason };
  const parsed = parseSignedRequest(resolved.provider, resolved.request);
  if ('reason' in parsed) return { ok: false, reason: parsed.reason };
  return secrets.some((secret) => fits(parsed, secret, noTexts))
    ? genuineResult(parsed)
    : { ok: false, reason: noMatch };
}

function genuineResult({ spared }: SignedValues): Verification {
  return spared.length === 0 ? { ok: true } : { ok: true, remark: `${spared.join(' and ')} did not come` };
}

/** The signature of a name that a function makes of a request again; null where it makes none. */
export async function recomputeSignature(
  provider: Provider,
  request: ReceivedRequest,
  secret: string,
  name: string,
): Promise<string | null> {
  const parsed = parseSignedRequest(provider, request, [name]);
  if ('reason' in parsed) return null;
  const given = await textsOrError(parsed, secret);
  return given instanceof FunctionError ? null : (given.get(name)?.[0] ?? null);
}

/** Returns what the functions give for a secret, or why they give nothing. */
async function textsOrError(parsed: SignedValues, secret: string): Promise<FunctionTexts | FunctionError> {
  try {
    return await parsed.functionTexts(secret);
  } catch (error) {
    if (error instanceof FunctionError) return error;
    throw error;
  }
}

/** Returns whether all proofs of a request are right under a secret. */
function fits(parsed: SignedValues, secret: string, functions: FunctionTexts): boolean {
  const { signatures, proofs, found } = parsed;
  return [...proofs].every((proof) => {
    if (opens(signatures.get(proof))) return true;
    const valueFor =
      (owner: string) =>
      (name: string): string | Uint8Array => {
        const signature = signatures.get(name);
        if (signature)
          return isData(signature) ? recompute(signature, secret, valueFor(name)) : (functions.get(name)?.[0] ?? '');
        if (name === 'body') return parsed.bodyOf(owner);
        if (name === 'secret') return secret;
        return parsed.value(name, proof);
      };
    const value = valueFor(proof);
    const signature = signatures.get(proof);
    return [...found.get(proof)!].some((text) =>
      signature && isData(signature)
        ? matchesClaim({ signature, text, secret, value, isKnown: parsed.isKnown })
        : equal(text, String(value(proof))),
    );
  });
}

/** Returns whether a signature is a body to be decrypted, which needs the secret. */
function opens(signature: SignatureTemplate | undefined): boolean {
  return signature?.options.scheme === 'custom' && signature.options.open !== undefined;
}

function recompute(
  signature: SignatureTemplate<DataScheme>,
  secret: string,
  value: (name: string) => string | Uint8Array,
): string {
  const { options } = signature;
  return signContent(options, signingKey(options, secret), signedContent(signature, value));
}
