import { expect, it } from 'vitest';
import { hasTimelessSignature } from '../../src/forge/neededFields.js';
import { exampleProvider } from '../support/exampleProviders.js';

it.each([
  ['hubspot', true],
  ['stripe', false],
  ['slack', false],
  ['linear', false],
  ['plaid', false],
  ['mailgun', false],
])('%s has a signature that tells no time: %s', (name, expected) => {
  expect(hasTimelessSignature(exampleProvider(name))).toBe(expected);
});
