import type { KeyPairKind } from '../core/schemeFacts.js';

/** What stands before the 32 bytes of a public key of Ed25519 in SubjectPublicKeyInfo. */
const ed25519Head = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * A public key in PEM, from the forms in which providers hand theirs out: PEM, a certificate, its DER in Base64, and for
 * Ed25519 its bare bytes in hex; null for what is none of them.
 */
export function asPublicPem(kind: KeyPairKind, text: string): string | null {
  if (text.includes('-----BEGIN')) return / PRIVATE KEY-----/.test(text) ? null : text;
  const bare = text.trim();
  if (kind === 'ed25519' && /^[0-9a-f]{64}$/i.test(bare)) {
    return armoured(Buffer.concat([ed25519Head, Buffer.from(bare, 'hex')]));
  }
  // What DER begins with, and a private key does not: a sequence that has another as its first member.
  const der = /^M[A-Za-z0-9+/]{40,}={0,2}$/.test(bare) ? Buffer.from(bare, 'base64') : null;
  return der && isPublicDer(der) ? armoured(der) : null;
}

function isPublicDer(der: Buffer): boolean {
  const lengthBytes = der[1]! < 0x80 ? 0 : der[1]! - 0x80;
  return der[0] === 0x30 && der[2 + lengthBytes] === 0x30;
}

function armoured(der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}
