import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The same key as one that may be used for every RSA signature and be written as JWK, where it was made for PSS alone. */
export function plainRsaKey(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa-pss') return key;
  if (key.type === 'private') {
    // PrivateKeyInfo: a version, the algorithm, and the key as PKCS #1.
    const [, , inner] = membersOf(key.export({ type: 'pkcs8', format: 'der' }));
    return createPrivateKey({ key: inner!, format: 'der', type: 'pkcs1' });
  }
  // SubjectPublicKeyInfo: the algorithm, and the key as PKCS #1 after a byte with the number of unused bits.
  const [, bits] = membersOf(key.export({ type: 'spki', format: 'der' }));
  return createPublicKey({ key: bits!.subarray(1), format: 'der', type: 'pkcs1' });
}

/** The contents of the members of a sequence in DER. */
function membersOf(sequence: Buffer): Buffer[] {
  const members: Buffer[] = [];
  for (let at = contentOf(sequence, 0).start; at < sequence.length; ) {
    const { start, end } = contentOf(sequence, at);
    members.push(sequence.subarray(start, end));
    at = end;
  }
  return members;
}

function contentOf(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1]!;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const bytes = first - 0x80;
  const start = at + 2 + bytes;
  return { start, end: start + der.readUIntBE(at + 2, bytes) };
}
