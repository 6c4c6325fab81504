import { describe, expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import { diagnoseSignature } from '../../src/diagnose/diagnoseSignature.js';
import { verify } from '../../src/index.js';
import { findProvider } from '../../src/providers/findProvider.js';

const pieces = [' ', '\\"', '{"a":', 'a,'];
const secret = 'a secret';

/** Requests of a length, by the place of what is hostile in them. */
const requests: Readonly<Record<string, (text: string) => { headers: [string, string][]; body: Buffer }>> = {
  body: (text) => ({ headers: [['Stripe-Signature', `t=1700000000,v1=${'0'.repeat(64)}`]], body: Buffer.from(text) }),
  'text of a body': (text) => ({
    headers: [['Stripe-Signature', `t=1700000000,v1=${'0'.repeat(64)}`]],
    body: Buffer.from(JSON.stringify({ text })),
  }),
  signature: (text) => ({ headers: [['Stripe-Signature', `t=1700000000,v1=${text}`]], body: Buffer.from('{}') }),
  header: (text) => ({ headers: [['Stripe-Signature', text]], body: Buffer.from('{}') }),
};

async function explained(
  make: (text: string) => { headers: [string, string][]; body: Buffer },
  piece: string,
  length: number,
) {
  const provider = findProvider('stripe');
  const { headers, body } = make(piece.repeat(length / piece.length));
  const start = process.cpuUsage();
  verify({ provider: 'stripe', headers, body, secret });
  await diagnoseSignature({
    provider,
    request: { method: 'POST', url: 'http://localhost/', headers, body },
    secrets: [{ value: secret, source: 'secret', isSample: false }],
    now: 1_700_000_000_000,
    toleranceMs: 300_000,
    nameOf: flagName,
  }).catch(() => null);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

describe('a hostile request is explained in time in proportion to its length', () => {
  describe.each(Object.entries(requests))('%s', (_, make) => {
    it.each(pieces)('of %j', async (piece) => {
      const short = await explained(make, piece, 8192);
      const long = await explained(make, piece, 32_768);
      // Four times as much; quadratic would be 16 times. In less than a moment nothing can be told.
      expect(long).toBeLessThan(Math.max(10 * short, 200));
    });
  });
});
