import { describe, expect, it } from 'vitest';
import { type ProviderName, sign, verify } from '../../src/index.js';
import { vectors } from '../contract/vectors.js';

describe.each(Object.entries(vectors))('%s', (name, { secret, body, header }) => {
  const provider = name as ProviderName;

  it('signs as the vector from outside says, at once', () => {
    expect(sign({ provider, body, secret })).toContainEqual(header);
    expect(sign({ provider, body: Buffer.from(body), secret: [secret] })).toContainEqual(header);
  });

  it('verifies the vector, in every form of headers', () => {
    const pairs = sign({ provider, body, secret });
    const lower = Object.fromEntries(pairs.map(([key, value]) => [key.toLowerCase(), value]));
    for (const headers of [
      pairs,
      new Headers(lower),
      lower,
      new Map(pairs),
      { ...lower, other: undefined, list: ['a', 'b'] },
    ]) {
      expect(verify({ provider, headers, body, secret })).toEqual({ ok: true });
    }
    expect(verify({ provider, headers: pairs, body: Buffer.from(body), secret: ['other', secret] })).toEqual({
      ok: true,
    });
    expect(verify({ provider, headers: pairs, body: `${body} `, secret })).toEqual({
      ok: false,
      reason: 'the signature does not match the body and the secret',
    });
    expect(verify({ provider, headers: {}, body, secret })).toEqual({
      ok: false,
      reason: `the header ${header[0]} is missing`,
    });
  });
});

describe('what sign and verify reject', () => {
  it('a secret that is not there: a receiver must not take the sample secret', () => {
    expect(() => verify({ provider: 'scalev', headers: {}, body: '', secret: undefined as never })).toThrow(
      'secret: there is nothing in it.',
    );
    expect(() => verify({ provider: 'scalev', headers: {}, body: '', secret: '' })).toThrow(
      'secret: there is nothing in it.',
    );
    expect(() => sign({ provider: 'scalev', body: '', secret: undefined as never })).toThrow(
      'secret: there is nothing in it.',
    );
  });

  it('unknown names', () => {
    expect(() => sign({ provider: 'scalv' as never, body: '' })).toThrow('Did you mean scalev?');
    expect(() => sign({ provider: 'scalev', body: '', event: 'order.craeted' as never })).toThrow(
      'Did you mean order.created?',
    );
    expect(() => verify({ provider: 'scalv' as never, headers: {}, body: '', secret: 'a' })).toThrow(
      'Did you mean scalev?',
    );
  });
});
