import type { IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { Judged } from '../support/judgingServer.js';
import { load } from './packages.js';

/** Returns the objection of a provider's own package to a request; null where it accepts. */
export type OfficialVerifier = (request: Judged, secret: string) => Promise<string | null>;

async function rejectionOf(verify: () => unknown): Promise<string | null> {
  try {
    await verify();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const packages = [
  'stripe',
  '@octokit/webhooks-methods',
  '@shopify/shopify-api/adapters/node',
  '@shopify/shopify-api',
  '@slack/bolt',
];

/** Loads the packages that the verifiers use. */
export async function loadPackages(): Promise<void> {
  for (const name of packages) await load(name);
}

export const stripePackage: OfficialVerifier = async (request, secret) => {
  type Stripe = { webhooks: { constructEvent(body: string, signature: string, secret: string): object } };
  const { default: Stripe } = await load<{ default: new (key: string) => Stripe }>('stripe');
  const { webhooks } = new Stripe('sk_test_placeholder');
  return rejectionOf(() => webhooks.constructEvent(request.text, request.header('stripe-signature'), secret));
};

export const octokitPackage: OfficialVerifier = async (request, secret) => {
  type Verify = (secret: string, body: string, signature: string) => Promise<boolean>;
  const { verify } = await load<{ verify: Verify }>('@octokit/webhooks-methods');
  return (await verify(secret, request.text, request.header('x-hub-signature-256'))) ? null : 'not verified';
};

export const shopifyPackage: OfficialVerifier = async ({ text, incoming, response }, secret) => {
  interface Validated {
    readonly valid: boolean;
    readonly reason: string;
  }
  type Asked = { rawBody: string; rawRequest: IncomingMessage; rawResponse: ServerResponse };
  type Shopify = (config: object) => { webhooks: { validate(asked: Asked): Promise<Validated> } };
  await load('@shopify/shopify-api/adapters/node');
  const { shopifyApi, LogSeverity } = await load<{ shopifyApi: Shopify; LogSeverity: { Error: number } }>(
    '@shopify/shopify-api',
  );
  const { webhooks } = shopifyApi({
    apiKey: 'key',
    apiSecretKey: secret,
    apiVersion: '2026-01',
    hostName: 'example.com',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  });
  const result = await webhooks.validate({ rawBody: text, rawRequest: incoming, rawResponse: response });
  return result.valid ? null : result.reason;
};

export const boltPackage: OfficialVerifier = async ({ text, header }, secret) => {
  type Verify = (options: { signingSecret: string; body: string; headers: object }) => void;
  const { verifySlackRequest } = await load<{ verifySlackRequest: Verify }>('@slack/bolt');
  return rejectionOf(() =>
    verifySlackRequest({
      signingSecret: secret,
      body: text,
      headers: {
        'x-slack-signature': header('x-slack-signature'),
        'x-slack-request-timestamp': Number(header('x-slack-request-timestamp')),
      },
    }),
  );
};

export const standardWebhooksPackage: OfficialVerifier = ({ text, incoming }, secret) =>
  rejectionOf(() => new Webhook(secret).verify(text, incoming.headers as Record<string, string>));
