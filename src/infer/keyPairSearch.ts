import type { KeyObject } from 'node:crypto';
import type { EcdsaScheme, Ed25519Scheme, RsaScheme } from '../core/scheme.js';
import { isSignedBy } from '../signing/keyPairSignature.js';
import { bytesOf } from '../signing/signContent.js';
import { verifyingKey } from '../signing/signingKey.js';
import type { ContentPlan } from './contentPlans.js';
import type { ClaimTargets, Hit, SearchBudget } from './search.js';

/** The options of a key pair's signature. */
export type KeyPairOptions = Ed25519Scheme | EcdsaScheme | RsaScheme;

/** Contents that are tried: each signature costs a tenth of a millisecond. */
const maxPlans = 600;

/** Tries signatures of private keys, of which a secret is the key or its public half in PEM. */
export function tryKeyPairs(
  plans: readonly ContentPlan[],
  secrets: readonly string[],
  targets: ClaimTargets,
  budget: SearchBudget,
): Hit[] {
  const hits: Hit[] = [];
  for (const [secretAt, secret] of secrets.entries()) {
    if (!isKeyText(secret)) continue;
    for (const claim of targets.left) {
      for (const { bytes, encoding } of claim.readings) {
        for (const scheme of possibleSchemes(bytes)) {
          const options: KeyPairOptions = { ...scheme, content: '', encoding };
          const key = keyOf(options, secret);
          if (!key) continue;
          const plan = plans.slice(0, maxPlans).find(({ parts }) => {
            const content = bytesOf(parts.map((part) => part.bytes));
            return budget.allows(content.length) && isSigned(options, key, content, bytes);
          });
          if (!plan) continue;
          hits.push({ claim, plan, options, secretAt });
          targets.close(claim);
        }
      }
    }
  }
  return hits.filter(({ claim }, at) => hits.findIndex((other) => other.claim === claim) === at);
}

/** Returns whether a signature is one of a secret that is a private key or its public half. */
export function isSignedByKeyPair(
  options: KeyPairOptions,
  secret: string,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = isKeyText(secret) ? keyOf(options, secret) : undefined;
  return key !== undefined && isSigned(options, key, content, signature);
}

function isKeyText(secret: string): boolean {
  return secret.startsWith('seed:') || secret.includes('-----BEGIN');
}

type Sketch =
  | Pick<Ed25519Scheme, 'scheme'>
  | Pick<EcdsaScheme, 'scheme' | 'hash' | 'form'>
  | Pick<RsaScheme, 'scheme' | 'hash' | 'padding'>;

/** The schemes whose signatures are as long. */
function possibleSchemes({ length, 0: first }: Uint8Array): Sketch[] {
  const hashes = ['sha256', 'sha384', 'sha512', 'sha1'] as const;
  if (length === 64) {
    return [{ scheme: 'ed25519' }, ...hashes.map((hash) => ({ scheme: 'ecdsa', hash, form: 'numbers' }) as const)];
  }
  if (length >= 66 && length <= 72 && first === 0x30)
    return hashes.map((hash) => ({ scheme: 'ecdsa', hash, form: 'der' }));
  if (![128, 256, 384, 512].includes(length)) return [];
  return hashes.flatMap((hash) =>
    (['pkcs1', 'pss'] as const).map((padding) => ({ scheme: 'rsa', hash, padding }) as const),
  );
}

function keyOf(options: KeyPairOptions, secret: string): KeyObject | undefined {
  try {
    return verifyingKey(options, secret) as KeyObject;
  } catch {
    return undefined;
  }
}

function isSigned(options: KeyPairOptions, key: KeyObject, content: Uint8Array, signature: Uint8Array): boolean {
  try {
    return isSignedBy(options, key, content, signature);
  } catch {
    return false;
  }
}
