/** What a scheme signs with: the bytes of a key that is shared, or a private key. */
export type SigningKey = Uint8Array | PrivateKey;

/** A key object of Node's, named here without its types: those who import ours may not have them. */
export interface PrivateKey {
  readonly type: 'secret' | 'public' | 'private';
}
