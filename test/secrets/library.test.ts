import { describe, expect, it } from 'vitest';
import { matchers } from '../../src/api/testing/index.js';

const secret = 'CANARY-of-the-library';

describe('what a handler says of a secret', () => {
  it('is masked in the message of a matcher, whether it answers or throws', async () => {
    const encoded = Buffer.from(secret).toString('hex');
    const answering = () => new Response(`expected ${secret} or ${encoded}`, { status: 401 });
    const throwing = (): Response => {
      throw new Error(`no key ${secret}`);
    };
    for (const handler of [answering, throwing]) {
      const { pass, message } = await matchers.toAcceptWebhook(handler, {
        provider: 'scalev',
        event: 'order.created',
        secret,
      });
      expect(pass).toBe(false);
      expect(message()).toContain('(secret)');
      expect(message()).not.toMatch(new RegExp(`${secret}|${encoded}`));
    }
  });
});
