import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.js';
import type { Policy } from '../../src/core/policy.js';
import { exampleProvider } from '../support/exampleProviders.js';

/** What a vendor's pages, or requests that somebody recorded, say of its deliveries. */
interface Facts {
  /** On the wire in this order and letter case; those that are the same in each delivery with their value. */
  readonly headers: readonly (string | readonly [name: string, value: string])[];
  readonly policy: {
    readonly [Name in keyof Policy]: readonly [value: NonNullable<Policy[Name]>['value'], source: RegExp] | null;
  };
}

const json = ['Content-Type', 'application/json'] as const;

const facts: Readonly<Record<string, Facts>> = {
  github: {
    headers: [
      'X-GitHub-Delivery',
      'X-Hub-Signature',
      'X-Hub-Signature-256',
      'User-Agent',
      json,
      'X-GitHub-Event',
      'X-GitHub-Hook-ID',
      'X-GitHub-Hook-Installation-Target-ID',
      ['X-GitHub-Hook-Installation-Target-Type', 'repository'],
    ],
    policy: {
      timeLimit: ['10s', /handling-failed-webhook-deliveries$/],
      success: ['2xx', /best-practices-for-using-webhooks$/],
      retry: [{ max: 0, delays: [] }, /handling-failed-webhook-deliveries$/],
      resend: [[], /best-practices-for-using-webhooks$/],
      disabling: null,
    },
  },
  shopify: {
    headers: [
      json,
      ['User-Agent', 'Shopify-Captain-Hook'],
      'X-Shopify-Topic',
      'X-Shopify-Hmac-Sha256',
      'X-Shopify-Shop-Domain',
      'X-Shopify-API-Version',
      'X-Shopify-Webhook-Id',
      'X-Shopify-Triggered-At',
      'X-Shopify-Event-Id',
    ],
    policy: {
      timeLimit: ['5s', /shopify\.dev\/docs\//],
      success: ['2xx', /shopify\.dev\/docs\//],
      retry: [{ max: 8, delays: null }, /shopify\.dev\/changelog\//],
      resend: [[], /shopify\.dev\/changelog\//],
      disabling: [
        { afterConsecutiveFailures: 8, counts: 'attempts', per: 'event', by: 'disabling' },
        /shopify\.dev\/docs\//,
      ],
    },
  },
  stripe: {
    headers: [
      ['User-Agent', 'Stripe/1.0 (+https://stripe.com/docs/webhooks)'],
      ['Accept', '*/*; q=0.5, application/xml'],
      ['Cache-Control', 'no-cache'],
      ['Content-Type', 'application/json; charset=utf-8'],
      'Stripe-Signature',
    ],
    policy: {
      timeLimit: null,
      success: ['2xx', /docs\.stripe\.com\/webhooks/],
      retry: [{ max: 3, delays: null }, /docs\.stripe\.com\/webhooks/],
      resend: [['times', 'signature'], /docs\.stripe\.com\/webhooks/],
      disabling: null,
    },
  },
};

/** Facts that no page of the vendor states, by provider and name, with where they were seen. */
const undocumented: Readonly<Record<string, readonly (keyof Policy)[]>> = {};

describe.each(Object.entries(facts))('%s does as its vendor says', (name, { headers, policy }) => {
  const provider = exampleProvider(name);

  it('sends these headers in this order', () => {
    const told = provider.headers.map(([header, value], at) => (Array.isArray(headers[at]) ? [header, value] : header));
    expect(told).toEqual(headers);
  });

  it.each(Object.entries(policy) as [keyof Policy, (typeof policy)[keyof Policy]][])('%s', (member, expected) => {
    const fact = provider.policy[member] as Fact<unknown> | null;
    if (expected === null) return expect(fact).toBeNull();
    const [value, source] = expected;
    expect(fact?.value).toEqual(value);
    expect(fact?.source).toMatch(source);
    const isDocumented = !undocumented[name]?.includes(member);
    expect(fact?.certainty === 'documented', `${fact?.certainty}`).toBe(isDocumented);
  });
});
