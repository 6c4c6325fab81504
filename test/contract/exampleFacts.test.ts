import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.js';
import type { Policy } from '../../src/core/policy.js';
import { exampleProvider } from '../support/exampleProviders.js';

/** The facts of a vendor's deliveries, from its pages or from recorded requests. */
interface Facts {
  /** On the wire in this order and letter case; those that are the same in each delivery with their value. */
  readonly headers: readonly (string | readonly [name: string, value: string])[];
  readonly policy: {
    readonly [Name in keyof Policy]: readonly [value: NonNullable<Policy[Name]>['value'], source: RegExp] | null;
  };
}

const json = ['Content-Type', 'application/json'] as const;

const facts: Readonly<Record<string, Facts>> = {
  discord: {
    headers: [
      ['User-Agent', 'Discord-Webhook/1.0 (+https://discord.com)'],
      json,
      'X-Signature-Ed25519',
      'X-Signature-Timestamp',
    ],
    policy: {
      timeLimit: ['3s', /discord\.com\/developers\/events\/webhook-events$/],
      success: ['204', /discord\.com\/developers\/events\/webhook-events$/],
      // "Several times", exponentially, within ten minutes.
      retry: [{ for: '10m' }, /webhook-events$/],
      resend: [['times', 'signature'], /webhook-events$/],
      disabling: null,
    },
  },
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
  gitlab: {
    headers: [
      json,
      'User-Agent',
      'Idempotency-Key',
      'X-Gitlab-Event',
      'X-Gitlab-Webhook-UUID',
      'X-Gitlab-Instance',
      'X-Gitlab-Token',
      'X-Gitlab-Event-UUID',
    ],
    policy: {
      timeLimit: ['10s', /docs\.gitlab\.com\/user\/project\/integrations\/webhooks\/$/],
      // 4xx, 5xx and time-outs are failures.
      success: ['2xx,3xx', /docs\.gitlab\.com\/user\/project\/integrations\/webhooks\/$/],
      retry: [{ max: 0, delays: [] }, /web_hook_service\.rb$/],
      resend: [[], /docs\.gitlab\.com/],
      disabling: [
        { afterConsecutiveFailures: 4, counts: 'attempts', per: 'endpoint', by: 'circuit' },
        /docs\.gitlab\.com\/user\/project\/integrations\/webhooks\/$/,
      ],
    },
  },
  line: {
    headers: [
      ['User-Agent', 'LineBotWebhook/2.0'],
      ['Content-Type', 'application/json; charset=utf-8'],
      'x-line-signature',
    ],
    policy: {
      timeLimit: ['2s', /developers\.line\.biz\/.*\/check-webhook-error-statistics\/$/],
      success: ['2xx', /developers\.line\.biz\/.*\/check-webhook-error-statistics\/$/],
      // Only where a channel turns redelivery on; neither number nor delays are told.
      retry: null,
      resend: [[], /developers\.line\.biz/],
      disabling: null,
    },
  },
  linear: {
    headers: [
      ['Accept-Charset', 'utf-8'],
      ['Content-Type', 'application/json; charset=utf-8'],
      'Linear-Delivery',
      'Linear-Event',
      'Linear-Signature',
      'Linear-Timestamp',
      ['User-Agent', 'Linear-Webhook'],
    ],
    policy: {
      timeLimit: ['5s', /linear\.app\/developers\/webhooks$/],
      success: ['200', /linear\.app\/developers\/webhooks$/],
      retry: [{ max: 3, delays: ['1m', '1h', '6h'] }, /linear\.app\/developers\/webhooks$/],
      resend: [['times', 'signature'], /linear\.app/],
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
      retry: [{ max: 8, for: '4h' }, /shopify\.dev\/changelog\//],
      resend: [[], /shopify\.dev\/changelog\//],
      disabling: [
        { afterConsecutiveFailures: 8, counts: 'attempts', per: 'event', by: 'disabling' },
        /shopify\.dev\/docs\//,
      ],
    },
  },
  slack: {
    headers: [
      ['User-Agent', 'Slackbot 1.0 (+https://api.slack.com/robots)'],
      ['Accept-Encoding', 'gzip,deflate'],
      ['Accept', '*/*'],
      json,
      'X-Slack-Request-Timestamp',
      'X-Slack-Signature',
      'X-Slack-Retry-Num',
      'X-Slack-Retry-Reason',
    ],
    policy: {
      timeLimit: ['3s', /docs\.slack\.dev\/apis\/events-api/],
      success: ['2xx', /docs\.slack\.dev\/apis\/events-api/],
      retry: [{ max: 3, delays: ['0s', '1m', '5m'] }, /docs\.slack\.dev\/apis\/events-api/],
      resend: [['times', 'signature'], /docs\.slack\.dev/],
      disabling: null,
    },
  },
  square: {
    headers: [
      json,
      'x-square-hmacsha256-signature',
      'x-square-signature',
      ['square-environment', 'Sandbox'],
      'square-initial-delivery-timestamp',
      'square-retry-number',
      'square-retry-reason',
    ],
    policy: {
      timeLimit: ['10s', /developer\.squareup\.com\/docs\/webhooks-api\/delivery-sla$/],
      success: ['2xx', /developer\.squareup\.com\/docs\/webhooks\/troubleshooting$/],
      retry: [
        { max: 11, delays: ['1m', '2m', '4m', '8m', '16m', '32m', '1h', '2h', '4h', '8h', '8h'] },
        /developer\.squareup\.com\/docs\/webhooks\/overview$/,
      ],
      resend: [[], /developer\.squareup\.com/],
      disabling: [{ afterFailing: '21d', counts: null, per: 'endpoint', by: 'disabling' }, /squareup\.com/],
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
  twilio: {
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded; charset=UTF-8'],
      ['User-Agent', 'TwilioProxy/1.1'],
      ['Accept', '*/*'],
      ['X-Home-Region', 'us1'],
      'I-Twilio-Idempotency-Token',
      'X-Twilio-Signature',
    ],
    policy: {
      timeLimit: ['15s', /webhooks-connection-overrides$/],
      success: ['2xx', /twilio\.com/],
      // Without an override only a connection that fails is tried again, once.
      retry: [{ max: 1, delays: null, on: 'unreachable' }, /webhooks-connection-overrides$/],
      resend: [[], /twilio\.com/],
      disabling: null,
    },
  },
};

/** Facts that no page of the vendor states, by provider. */
const undocumented: Readonly<Record<string, readonly (keyof Policy)[]>> = {
  discord: ['resend'],
  gitlab: ['retry'],
  line: ['resend'],
  linear: ['resend'],
  slack: ['resend'],
  square: ['resend'],
  twilio: ['success', 'resend'],
};

describe.each(Object.entries(facts))('%s does as its vendor says', (name, { headers, policy }) => {
  const provider = exampleProvider(name);

  it('sends these headers in this order', () => {
    const sent = provider.headers.map(([header, value], at) => (Array.isArray(headers[at]) ? [header, value] : header));
    expect(sent).toEqual(headers);
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
