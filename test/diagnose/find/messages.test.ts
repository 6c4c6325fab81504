import { expect, it } from 'vitest';
import { findScheme } from '../../../src/infer/findScheme.js';
import * as rfc from '../../fixtures/rfc9421.js';

const findMessage = (name: 'b22' | 'b23' | 'b25' | 'b26', secret: string) => {
  const { label, input, signature } = rfc.signed[name];
  const headers = [
    ...rfc.requestHeaders,
    ['Signature-Input', `${label}=${input}`] as const,
    ['Signature', `${label}=:${signature}:`] as const,
  ];
  return findScheme({ method: 'POST', url: rfc.url, headers, body: Buffer.from(rfc.body) }, ['another', secret], 'foo');
};

it.each([
  ['b22', rfc.publicKeys.rsaPss, 'rsa-pss-sha512', 'verified'],
  ['b23', rfc.publicKeys.rsaPss, 'rsa-pss-sha512', 'verified'],
  ['b25', rfc.sharedSecret, 'hmac-sha256', 'reproduced'],
  ['b26', rfc.publicKeys.ed25519, 'ed25519', 'verified'],
] as const)('finds the HTTP message signature %s of RFC 9421', (name, secret, algorithm, certainty) => {
  const found = findMessage(name, secret);
  const proof = found.proofs.find(({ options }) => options?.scheme === 'rfc9421');
  expect(proof).toMatchObject({ where: 'the header Signature', secretAt: 1, certainty, options: { algorithm } });
  expect(found.headers).toContainEqual(['Signature-Input', `${rfc.signed[name].label}={signature.input}`]);
  expect(found.signatures.signature).toMatchObject({ parameters: { created: '{created}' } });
  expect(JSON.stringify(found)).not.toContain(secret);
});

it('finds no HTTP message signature with another secret', () => {
  expect(findMessage('b25', 'a third one').proofs.filter(({ certainty }) => certainty !== 'guessed')).toEqual([]);
});
