import '@shopify/shopify-api/adapters/node';
import { verify as verifyGithub } from '@octokit/webhooks-methods';
import { LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { verifySlackRequest } from '@slack/bolt';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { Judged } from '../support/judgingServer.js';

/** What a provider's own package says against a request; null where it accepts. */
export type OfficialVerifier = (request: Judged, secret: string) => Promise<string | null>;

async function rejectionOf(verify: () => unknown): Promise<string | null> {
  try {
    await verify();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

export const stripePackage: OfficialVerifier = (request, secret) => {
  const { webhooks } = new Stripe('sk_test_placeholder');
  return rejectionOf(() => webhooks.constructEvent(request.text, request.header('stripe-signature'), secret));
};

export const octokitPackage: OfficialVerifier = async (request, secret) =>
  (await verifyGithub(secret, request.text, request.header('x-hub-signature-256'))) ? null : 'not verified';

export const shopifyPackage: OfficialVerifier = async ({ text, incoming, response }, secret) => {
  const { webhooks } = shopifyApi({
    apiKey: 'key',
    apiSecretKey: secret,
    apiVersion: '2026-01' as never,
    hostName: 'example.com',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  });
  const result = await webhooks.validate({ rawBody: text, rawRequest: incoming, rawResponse: response });
  return result.valid ? null : result.reason;
};

export const boltPackage: OfficialVerifier = ({ text, header }, secret) =>
  rejectionOf(() =>
    verifySlackRequest({
      signingSecret: secret,
      body: text,
      headers: {
        'x-slack-signature': header('x-slack-signature'),
        'x-slack-request-timestamp': Number(header('x-slack-request-timestamp')),
      },
    }),
  );

export const standardWebhooksPackage: OfficialVerifier = ({ text, incoming }, secret) =>
  rejectionOf(() => new Webhook(secret).verify(text, incoming.headers as Record<string, string>));
