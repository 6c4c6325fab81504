import { expect, it } from 'vitest';
import { senderProof } from '../../src/core/senderProof.js';
import { proofsOf } from '../../src/forge/carried.js';
import { catalogueNames, exampleProvider } from '../support/exampleProviders.js';

it('is the proof that the templates of each provider of the catalogue carry', () => {
  const carried = catalogueNames.map((name) => {
    const { signatures, secret } = proofsOf(exampleProvider(name));
    return [name, signatures.length > 0 ? 'signature' : secret ? 'secret' : 'nothing'];
  });
  expect(catalogueNames.map((name) => [name, senderProof(exampleProvider(name))])).toEqual(carried);
});

it.each([
  ['docker-hub', 'nothing'],
  ['strava', 'nothing'],
  ['gitlab', 'secret'],
  ['telegram', 'secret'],
  ['scalev', 'signature'],
  ['mailgun', 'signature'],
])('of %s it is: %s', (name, proof) => {
  expect(senderProof(exampleProvider(name))).toBe(proof);
});
