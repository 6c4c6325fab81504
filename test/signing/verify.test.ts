import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { github } from '../providers/github.js';
import { shopify } from '../providers/shopify.js';
import { slack } from '../providers/slack.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { stripe } from '../providers/stripe.js';
import { compileOne } from '../support/compile.js';
import { expectLinear } from '../support/expectLinear.js';

const providers: readonly Provider[] = [github, shopify, slack, standardWebhooks, stripe];

const judge = (provider: Provider, headers: readonly Header[], body = '{}') =>
  verifyReceived(provider, { method: 'POST', url: 'http://localhost/', headers, body: Buffer.from(body) }, [
    provider.secret.sample,
  ]);

const honest = (provider: Provider) => compileOne({ provider, body: '{}' }).headers;

describe('verify, given hostile headers', () => {
  it.each(providers)('answers, and rejects, whatever stands in the headers of $name', (provider) => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('t=,v1=', 'v1,', 'v0=', 't=1,', ' , , ', 't=1,v1=', 'sha256=', '=', '{signature}', '$&', '\\'),
    );
    const names = provider.headers.map(([name]) => name);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names, '__proto__', 'constructor'), value)), (headers) => {
        expect(judge(provider, headers)).toEqual({ ok: false, reason: expect.stringMatching(/^.+$/) });
      }),
    );
  });

  it.each(providers)('takes time in proportion to the length of the headers of $name', async (provider) => {
    const judging = (length: number) => () => {
      for (const text of ['v1=a,', 't=1,', 'v1,a ', ',', ' ', '=', 'a'].map((each) =>
        each.repeat(length / each.length),
      )) {
        for (const prefix of ['', 't=1,', 'v1=', 'v1,', 'v0=', 'sha256=', 'sha1=']) {
          const headers = honest(provider).map(([name]): Header => [name, prefix + text]);
          expect(judge(provider, headers).ok).toBe(false);
        }
      }
    };
    await expectLinear(judging(20_000), judging(200_000), 10);
  });

  it('says what is wrong with a header', () => {
    const headers = honest(slack);
    const changed = (value: string | null) =>
      headers.flatMap((header): Header[] =>
        header[0] !== 'X-Slack-Signature' ? [header] : value === null ? [] : [[header[0], value]],
      );
    const reason = (list: readonly Header[]) => {
      const result = judge(slack, list);
      return result.ok ? 'accepted' : result.reason;
    };
    expect(reason(headers)).toBe('accepted');
    expect(reason(changed(null))).toBe('the header X-Slack-Signature is missing');
    expect(reason(changed(''))).toBe('the header X-Slack-Signature is empty');
    expect(reason(changed('v1=abc'))).toBe("the header X-Slack-Signature has another form than the provider's");
    expect(reason(changed('v0=abc'))).toBe('the signature does not match the body and the secret');
    expect(reason([...headers, ['x-slack-signature', 'v0=abc']])).toBe(
      'the header X-Slack-Signature came more than once',
    );
  });
});

describe('verify, given what a signature does not depend on', () => {
  it('accepts other headers missing or doubled', () => {
    const headers = honest(github).filter(([name]) => name !== 'X-GitHub-Delivery');
    expect(judge(github, [...headers, ['X-GitHub-Event', 'ping'], ['Accept', '*/*']])).toEqual({ ok: true });
  });

  it('passes over signatures of versions that the provider does not describe', () => {
    const between = (text: string) => honest(stripe).map(([name, value]): Header => [name, value.replace(',v1', text)]);
    expect(judge(stripe, between(',v0=abc,v1=00,v1'))).toEqual({ ok: true });
    expect(judge(stripe, between(',v0=abc,v0')).ok).toBe(false);
  });
});

describe('verify, for schemes that none of these providers has', () => {
  const variant = (change: Partial<Provider>): Provider => ({ ...slack, ...change });

  it('computes a signature that another one signs, and does not take it from the request', () => {
    const nested = variant({
      headers: [
        ['Digest', '{digest}'],
        ['Signature', '{signature}'],
      ],
      values: {},
      signatures: {
        digest: { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'base64' },
        signature: { scheme: 'hmac', hash: 'sha256', content: '{method} {digest}', encoding: 'hex' },
      },
    });
    const headers = honest(nested);
    expect(judge(nested, headers)).toEqual({ ok: true });
    expect(judge(nested, headers, '{ }').ok).toBe(false);
    const hidden = variant({ ...nested, headers: nested.headers.slice(1) });
    expect(judge(hidden, honest(hidden))).toEqual({ ok: true });
    expect(judge(hidden, honest(hidden), '{ }').ok).toBe(false);
  });

  it('compares a secret that is sent as a token', () => {
    const token = variant({ headers: [['X-Gitlab-Token', '{secret}']], values: {}, signatures: {} });
    expect(judge(token, honest(token))).toEqual({ ok: true });
    expect(judge(token, [['X-Gitlab-Token', 'another']]).ok).toBe(false);
    expect(judge(token, []).ok).toBe(false);
  });

  it('rejects headers that tell two times', () => {
    const twice = variant({
      headers: [
        ['X-Time', '{timestamp}'],
        ['X-Signature', 't={timestamp};s={signature}'],
      ],
    });
    const [time, signature] = honest(twice);
    expect(judge(twice, [time!, signature!])).toEqual({ ok: true });
    expect(judge(twice, [['X-Time', '1'], signature!])).toEqual({
      ok: false,
      reason: 'the headers hold more than one timestamp',
    });
  });

  it('says that it cannot know a signed value that no header tells', () => {
    const silent = variant({ headers: [['X-Signature', '{signature}']] });
    expect(judge(silent, honest(silent))).toEqual({
      ok: false,
      reason: 'no header contains the timestamp that was signed',
    });
  });
});
