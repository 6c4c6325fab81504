import { expect, it } from 'vitest';
import { findScheme } from '../../../src/infer/findScheme.js';
import type { CapturedRequest } from '../../../src/infer/foundScheme.js';
import { keyWays } from '../../../src/infer/keyWays.js';
import { readMaterial } from '../../../src/infer/material.js';
import { tryMessages } from '../../../src/infer/messageSearch.js';
import { ClaimTargets } from '../../../src/infer/search.js';
import * as rfc from '../../fixtures/rfc9421.js';

const captured = (name: 'b22' | 'b23' | 'b25' | 'b26'): CapturedRequest => {
  const { label, input, signature } = rfc.signed[name];
  const headers = [
    ...rfc.requestHeaders,
    ['Signature-Input', `${label}=${input}`] as const,
    ['Signature', `${label}=:${signature}:`] as const,
  ];
  return { method: 'POST', url: rfc.url, headers, body: Buffer.from(rfc.body) };
};

it.each([
  ['b22', rfc.publicKeys.rsaPss, 'rsa-pss-sha512', 'verified'],
  ['b23', rfc.publicKeys.rsaPss, 'rsa-pss-sha512', 'verified'],
  ['b25', rfc.sharedSecret, 'hmac-sha256', 'reproduced'],
  ['b26', rfc.publicKeys.ed25519, 'ed25519', 'verified'],
] as const)('finds the HTTP message signature %s of RFC 9421', (name, secret, algorithm, certainty) => {
  const found = findScheme(captured(name), ['another', secret], { event: 'foo' });
  const proof = found.proofs.find(({ options }) => options?.scheme === 'rfc9421');
  expect(proof).toMatchObject({ where: 'the header Signature', secretAt: 1, certainty, options: { algorithm } });
  expect(found.headers).toContainEqual(['Signature-Input', `${rfc.signed[name].label}={signature.input}`]);
  expect(found.signatures.signature).toMatchObject({ parameters: { created: '{created}' } });
  expect(JSON.stringify(found)).not.toContain(secret);
});

it('finds no HTTP message signature with another secret', () => {
  const request = captured('b25');
  const material = readMaterial(request, request.headers, null);
  expect(tryMessages(material, keyWays(['another']), ['another'], new ClaimTargets(material.claims))).toEqual([]);
});
