import { createHash } from 'node:crypto';
import https from 'node:https';
import { Readable } from 'node:stream';
import type { PublicKey } from '../../src/signing/publicKeys.js';
import type { Judged } from '../support/judgingServer.js';
import { load } from './packages.js';

/** What a receiver knows: the secret that both share, the public half of one that they do not, and its own address. */
export interface Known {
  readonly secret: string;
  readonly publicKey: PublicKey | undefined;
  readonly url: string;
}

/** Asks a provider's own package: true where it accepts a request; false or an error where it does not. */
type Verifier = (request: Judged, known: Known) => Promise<boolean>;

const verifiers: Readonly<Record<string, Verifier>> = {
  twilio: async ({ text, header }, { secret, url }) => {
    type Validate = (token: string, signature: string, url: string, parameters: object) => boolean;
    const { default: twilio } = await load<{ default: { validateRequest: Validate } }>('twilio');
    const parameters = Object.fromEntries(new URLSearchParams(text));
    return twilio.validateRequest(secret, header('x-twilio-signature'), url, parameters);
  },
  square: async ({ text, header }, { secret, url }) => {
    type Helper = { verifySignature(request: object): Promise<boolean> };
    const { WebhooksHelper } = await load<{ WebhooksHelper: Helper }>('square');
    const signatureHeader = header('x-square-hmacsha256-signature');
    const given = { requestBody: text, signatureHeader, signatureKey: secret, notificationUrl: url };
    return WebhooksHelper.verifySignature(given);
  },
  discord: async ({ text, header }, { publicKey }) => {
    type Verify = (body: string, signature: string, timestamp: string, key: string) => Promise<boolean>;
    const { verifyKey } = await load<{ verifyKey: Verify }>('discord-interactions');
    return verifyKey(text, header('x-signature-ed25519'), header('x-signature-timestamp'), publicKey!.hex!);
  },
  sendgrid: async ({ text, header }, { publicKey }) => {
    type Webhook = {
      convertPublicKeyToECDSA(key: string): object;
      verifySignature(key: object, body: string, signature: string, timestamp: string): boolean;
    };
    const { EventWebhook } = await load<{ EventWebhook: new () => Webhook }>('@sendgrid/eventwebhook');
    const webhook = new EventWebhook();
    const key = webhook.convertPublicKeyToECDSA(publicKey!.base64);
    const name = 'x-twilio-email-event-webhook';
    return webhook.verifySignature(key, text, header(`${name}-signature`), header(`${name}-timestamp`));
  },
  paddle: async ({ text, header }, { secret }) => {
    type Paddle = { webhooks: { unmarshal(body: string, secret: string, signature: string): Promise<unknown> } };
    const { Paddle } = await load<{ Paddle: new (key: string) => Paddle }>('@paddle/paddle-node-sdk');
    await new Paddle('placeholder').webhooks.unmarshal(text, secret, header('paddle-signature'));
    return true;
  },
  hubspot: async ({ text, header, incoming }, { secret, url }) => {
    type Signature = { isValid(request: object): boolean };
    const { Signature } = await load<{ Signature: Signature }>('@hubspot/api-client');
    const given = { clientSecret: secret, requestBody: text, url, method: incoming.method };
    const timestamp = Number(header('x-hubspot-request-timestamp'));
    const v1 = { ...given, signatureVersion: 'v1', signature: header('x-hubspot-signature') };
    const v3 = { ...given, signatureVersion: 'v3', signature: header('x-hubspot-signature-v3'), timestamp };
    return Signature.isValid(v1) && Signature.isValid(v3);
  },
  linear: async ({ text, header }, { secret }) => {
    type Client = { verify(body: Buffer, signature: string, timestamp: number): boolean };
    const { LinearWebhookClient } = await load<{ LinearWebhookClient: new (secret: string) => Client }>(
      '@linear/sdk/webhooks',
    );
    const { webhookTimestamp } = JSON.parse(text) as { webhookTimestamp: number };
    return new LinearWebhookClient(secret).verify(Buffer.from(text), header('linear-signature'), webhookTimestamp);
  },
  line: async ({ text, header }, { secret }) => {
    type Validate = (body: string, secret: string, signature: string) => boolean;
    const { validateSignature } = await load<{ validateSignature: Validate }>('@line/bot-sdk');
    return validateSignature(text, secret, header('x-line-signature'));
  },
  razorpay: async ({ text, header }, { secret }) => {
    type Razorpay = { validateWebhookSignature(body: string, signature: string, secret: string): boolean };
    const { default: razorpay } = await load<{ default: Razorpay }>('razorpay');
    return razorpay.validateWebhookSignature(text, header('x-razorpay-signature'), secret);
  },
  adyen: async ({ text }, { secret }) => {
    type Validator = { validateHMAC(item: object, key: string): boolean };
    const { hmacValidator: Validator } = await load<{ hmacValidator: new () => Validator }>('@adyen/api-library');
    const { notificationItems } = JSON.parse(text) as { notificationItems: { NotificationRequestItem: object }[] };
    return new Validator().validateHMAC(notificationItems[0]!.NotificationRequestItem, secret);
  },
  chargebee: async ({ incoming }, { secret }) => {
    type Check = (user: string, password: string) => boolean;
    type Package = { basicAuthValidator(check: Check): (headers: object) => Promise<void> };
    const { basicAuthValidator } = await load<Package>('chargebee');
    const validate = basicAuthValidator((user, password) => `${user}:${password}` === secret);
    await validate(incoming.headers);
    return true;
  },
  'aws-sns': async ({ text }, { publicKey }) => {
    type Validator = { validate(message: string, done: (error: Error | null) => void): void };
    const { default: MessageValidator } = await load<{ default: new () => Validator }>('sns-validator');
    // The package fetches the certificate from Amazon, which has none of ours.
    const { get } = https;
    const answer = Object.assign(Readable.from([publicKey!.certificate]), { statusCode: 200 });
    https.get = ((_: string, done: (response: object) => void) => {
      done(answer);
      return { on: () => {} };
    }) as never;
    try {
      const error = await new Promise<Error | null>((resolve) => new MessageValidator().validate(text, resolve));
      return error === null;
    } finally {
      https.get = get;
    }
  },
  // Plaid has no package that verifies; its documents do it with jose.
  plaid: async ({ text, header }, { publicKey }) => {
    type Jose = {
      importJWK(key: object): Promise<object>;
      jwtVerify(token: string, key: object, options: object): Promise<{ payload: Record<string, unknown> }>;
    };
    const { importJWK, jwtVerify } = await load<Jose>('jose');
    const options = { algorithms: ['ES256'], maxTokenAge: '5 min' };
    const { payload } = await jwtVerify(header('plaid-verification'), await importJWK(publicKey!.jwk), options);
    return payload.request_body_sha256 === createHash('sha256').update(text).digest('hex');
  },
};

/** The examples that have a package of their provider's here. */
export const verified = Object.keys(verifiers);

/** What an example's package says against a request; null where it accepts. */
export async function rejection(name: string, request: Judged, known: Known): Promise<string | null> {
  try {
    return (await verifiers[name]!(request, known)) ? null : 'rejected';
  } catch (error) {
    return (error as Error).message;
  }
}
