import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import type { KeyStep } from '../../src/core/scheme.js';
import { deriveKey } from '../../src/signing/key.js';

describe('deriveKey', () => {
  it.each<[string, KeyStep[], number[]]>([
    ['whsec_AQID', [], [...Buffer.from('whsec_AQID')]],
    ['whsec_AQID', ['strip:whsec_', 'base64'], [1, 2, 3]],
    ['AQID', ['strip:whsec_', 'base64'], [1, 2, 3]],
    ['AQI=', ['base64'], [1, 2]],
    ['AQI', ['base64'], [1, 2]],
    ['0aFF', ['hex'], [10, 255]],
    ['grüß', [], [0x67, 0x72, 0xc3, 0xbc, 0xc3, 0x9f]],
    ['', ['strip:whsec_', 'base64'], []],
  ])('makes %j by %j into its bytes', (secret, steps, bytes) => {
    expect([...deriveKey(secret, steps)]).toEqual(bytes);
  });

  it.each<[string, KeyStep[]]>([
    ['whsec_AQI*', ['strip:whsec_', 'base64']],
    ['whsec_A', ['strip:whsec_', 'base64']],
    ['whsec_AQIDA', ['strip:whsec_', 'base64']],
    ['whsec_', ['strip:whsec_', 'base64']],
    ['0aF', ['hex']],
    ['0g', ['hex']],
  ])('rejects %j by %j, without showing it', (secret, steps) => {
    const derive = () => deriveKey(secret, steps);
    expect(derive).toThrow(UsageError);
    expect(derive).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret) }));
  });

  it('rejects a step after the key is bytes', () => {
    expect(() => deriveKey('AQID', ['base64', 'hex'])).toThrow(
      "After base64 the key is bytes, so hex can't follow it.",
    );
  });
});
