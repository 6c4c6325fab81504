import { expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.js';
import { forgedSignature } from '../../src/delivery/forgeSignature.js';

const cut = { stage: 'signature', by: { keepCharacters: -1 } } as const;

/** Decodes hex as a decoder does that takes half of a byte for a whole one, such as that of discord-interactions. */
const decoded = (hex: string) => (hex.match(/.{1,2}/g) ?? []).map((byte) => Number.parseInt(byte, 16));

it.each(['0a1b2c3d', '0a1b2c30', '0a1b2c0d', '0a1b2c00', '0a1b0000'])(
  'a truncated signature is another one to every decoder of hex: %s',
  (signature) => {
    const truncated = forgedSignature(cut, signature, seededRandom(1));
    expect(decoded(truncated)).not.toEqual(decoded(signature));
    expect(signature.startsWith(truncated)).toBe(true);
  },
);
