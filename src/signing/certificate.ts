import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { KeyPairKind } from '../core/schemeFacts.js';

/** The signature algorithm of a certificate by the kind of its key, as DER. */
const algorithms: Record<KeyPairKind, string> = {
  rsa: '300d06092a864886f70d01010b0500',
  ec: '300a06082a8648ce3d040302',
  ed25519: '300506032b6570',
};

/** The object identifier of a common name, as DER. */
const commonName = Buffer.from('0603550403', 'hex');

/** An X.509 certificate of a private key's public half, signed by itself and valid until 2099, as PEM. */
export function certificate(kind: KeyPairKind, key: KeyObject, name: string): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const algorithm = Buffer.from(algorithms[kind], 'hex');
  const serial = createHash('sha256').update(publicKey).digest().subarray(0, 8);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const named = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from(name)))));
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x18, Buffer.from('20991231235959Z')));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const content = der(0x30, version, der(0x02, serial), algorithm, named, validity, named, publicKey);
  const signature = sign(kind === 'ed25519' ? null : 'sha256', content, key);
  const whole = der(0x30, content, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Encodes one element of DER: its tag, its length and its content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
