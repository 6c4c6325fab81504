import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { github } from './github.js';
import { shopify } from './shopify.js';
import { slack } from './slack.js';
import { standardWebhooks } from './standardWebhooks.js';
import { stripe } from './stripe.js';

/** A request whose signature somebody else computed and published. */
export interface Vector {
  readonly title: string;
  readonly source: string;
  readonly provider: Provider;
  readonly secret: string;
  readonly body: string;
  /** Milliseconds since 1970 that were signed, where a time is. */
  readonly now?: number;
  /** The headers that tell what was signed and the signature itself, as published. */
  readonly headers: readonly Header[];
}

const onlySha256: Provider = {
  ...github,
  headers: github.headers.filter(([, value]) => !String(value).includes('{sha1}')),
  signatures: { sha256: github.signatures.sha256! },
};

export const vectors: readonly Vector[] = [
  {
    title: 'GitHub, documentation',
    source:
      'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation',
    provider: onlySha256,
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    headers: [['X-Hub-Signature-256', 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17']],
  },
  {
    title: 'GitHub, both signatures, from the README of @octokit/webhooks-methods 1',
    source: 'https://github.com/octokit/webhooks-methods.js/blob/v1.0.0/README.md',
    provider: github,
    secret: 'mysecret',
    body: '{"foo":"bar"}',
    headers: [
      ['X-Hub-Signature', 'sha1=d03207e4b030cf234e3447bac4d93add4c6643d8'],
      ['X-Hub-Signature-256', 'sha256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3'],
    ],
  },
  {
    title: 'Slack, documentation',
    source: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
    provider: slack,
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    now: 1531420618_000,
    headers: [
      ['X-Slack-Request-Timestamp', '1531420618'],
      ['X-Slack-Signature', 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'],
    ],
  },
  {
    title: "Stripe, from the tests of Stripe's .NET library",
    source: 'https://github.com/stripe/stripe-dotnet/blob/master/src/StripeTests/Services/Events/EventUtilityTest.cs',
    provider: stripe,
    secret: 'webhook_secret',
    body: `{
  "id": "evt_123",
  "object": "event",
  "account": "acct_123",
  "api_version": "2017-05-25",
  "created": 1533204620,
  "data": {
    "object": {
      "id": "cus_123",
      "object": "customer",
      "created": 123456789,
      "email": "test@stripe.com",
      "livemode": false,
      "metadata": {}
    }
  },
  "livemode": false,
  "pending_webhooks": 1,
  "request": {
    "id": "req_123",
    "idempotency_key": "idempotency-key-123"
  },
  "type": "customer.created"
}
`,
    now: 1533204620_000,
    headers: [
      [
        'Stripe-Signature',
        't=1533204620,v1=2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7,v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef',
      ],
    ],
  },
  {
    title: 'Shopify, from the tests of go-shopify (the body is a JSON string)',
    source: 'https://github.com/bold-commerce/go-shopify/blob/master/oauth_test.go',
    provider: shopify,
    secret: 'hush',
    body: '"my secret message"',
    headers: [['X-Shopify-Hmac-Sha256', 'hMTq0K2x7oyOjoBwGYeTj5oxfnaVYXzbanUG9aajpKI=']],
  },
  {
    title: 'Standard Webhooks, from the tests of its JavaScript library',
    source: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts',
    provider: standardWebhooks,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    now: 1614265330_000,
    headers: [
      ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
      ['webhook-timestamp', '1614265330'],
      ['webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    ],
  },
];
