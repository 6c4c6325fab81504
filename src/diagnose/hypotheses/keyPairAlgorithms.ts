import { constants, createHash, type KeyObject, verify } from 'node:crypto';
import type { HashName } from '../../core/scheme.js';
import { isSignedBy, type KeyPairScheme } from '../../signing/keyPairSignature.js';
import type { Hypothesis } from '../hypothesis.js';

/** Whether some bytes are a signature of a content, by a public key. */
export type Verifier = (key: KeyObject, content: Uint8Array, signature: Uint8Array) => boolean;

type KeyPairHypothesis = Hypothesis<KeyPairScheme, Verifier>;

const hashes: readonly HashName[] = ['sha256', 'sha512', 'sha384', 'sha1'];

/** A scheme's own way to verify. */
export function ownVerifier(options: KeyPairScheme): Verifier {
  return (key, content, signature) => isSignedBy(options, key, content, signature);
}

const asItIs = '{provider} signs {content} with {algorithm}.';

/** Other algorithms than the scheme's own with which a private key may have signed, the likeliest first. */
export const keyPairAlgorithms: readonly KeyPairHypothesis[] = [
  {
    name: 'ecdsa-form',
    title: 'written as {detail}',
    change: {
      signature:
        "The two numbers of an ECDSA signature are written as DER, or one after the other (IEEE P1363, as in tokens): tell your library which. In Node: { key, dsaEncoding: 'der' } or 'ieee-p1363'.",
      computed: '',
    },
    variants: (options) =>
      options.scheme !== 'ecdsa'
        ? []
        : [
            {
              value: ownVerifier({ ...options, form: options.form === 'der' ? 'numbers' : 'der' }),
              detail:
                options.form === 'der'
                  ? 'two numbers one after the other, not as DER'
                  : 'DER, not as two numbers one after the other',
            },
          ],
  },
  {
    name: 'rsa-padding',
    title: 'RSA with the padding {detail}',
    change: {
      signature: `${asItIs} Another padding is another signature: the sender chose it, or another library's default did.`,
      computed: '',
    },
    variants: (options) =>
      options.scheme !== 'rsa'
        ? []
        : options.padding === 'pkcs1'
          ? [{ value: pss(options.hash), detail: 'PSS, not PKCS #1 v1.5' }]
          : [
              {
                value: ownVerifier({ ...options, padding: 'pkcs1' }),
                detail: 'PKCS #1 v1.5, not PSS',
              },
              { value: pss(options.hash), detail: 'PSS, but with a salt of another length than the hash' },
            ],
  },
  {
    name: 'key-pair-hash',
    title: 'made with {detail}',
    change: { signature: asItIs, computed: '' },
    variants: (options) =>
      options.scheme === 'ed25519'
        ? []
        : hashes
            .filter((hash) => hash !== options.hash)
            .map((hash) => ({ value: ownVerifier({ ...options, hash }), detail: hash.toUpperCase() })),
  },
  {
    name: 'key-pair-prehashed',
    title: 'over the {detail} hash of the content, and not over the content',
    change: {
      signature: `${asItIs} Whoever signed it hashed first: give the content itself to sign().`,
      computed: '',
    },
    variants: (options) =>
      (['sha256', 'sha512'] as const).flatMap((hash) =>
        ([undefined, 'hex'] as const).map((encoding) => ({
          value: (key: KeyObject, content: Uint8Array, signature: Uint8Array) => {
            const digest = createHash(hash).update(content).digest();
            const signed = encoding === undefined ? digest : Buffer.from(digest.toString(encoding));
            return isSignedBy(options, key, signed, signature);
          },
          detail: encoding === undefined ? hash.toUpperCase() : `${hash.toUpperCase()} (hex)`,
        })),
      ),
  },
];

/** PSS, whatever the length of its salt. */
function pss(hash: HashName): Verifier {
  const ways = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  return (key, content, signature) => verify(hash, content, { key, ...ways }, signature);
}
