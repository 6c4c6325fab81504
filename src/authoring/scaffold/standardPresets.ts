import type { Handshake } from '../../core/handshake.js';
import type { MessageAlgorithm } from '../../core/scheme.js';
import type { PresetParts, SchemePreset } from './schemePreset.js';

const standardWebhooks = 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md';
const webHooks = 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md';

const messageId = { kind: 'alphanumeric', length: 27, prefix: 'msg_' } as const;
const timestamp = { kind: 'time', format: 'unix-seconds' } as const;
const policy = { success: '2xx', resend: ['times', 'signature'] } as const;
const documented = <T>(value: T, source: string) => ({ value, certainty: 'documented', source }) as const;

/** The headers of Standard Webhooks, or those that Svix has for the same. */
function messageHeaders(prefix: string, version: string): PresetParts['headers'] {
  return {
    'content-type': 'application/json',
    [`${prefix}-id`]: '{id}',
    [`${prefix}-timestamp`]: '{timestamp}',
    [`${prefix}-signature`]: { each: `${version},{signature}`, join: ' ' },
  };
}

const shared = {
  secret: { shape: { pattern: '^whsec_[A-Za-z0-9+/]+=*$', description: 'whsec_ and Base64' } },
  values: { id: messageId, timestamp },
  signatures: {
    signature: {
      scheme: 'hmac',
      hash: 'sha256',
      content: '{id}.{timestamp}.{body}',
      encoding: 'base64',
      key: ['strip:whsec_', 'base64'],
    },
  },
} as const satisfies Partial<PresetParts>;

/** The permission that receivers have to give before the first event. */
const permission = (origin: string): Handshake => ({
  name: 'validation',
  title: 'The address is saved: its receiver has to allow deliveries of this sender',
  certainty: 'documented',
  source: webHooks,
  method: 'OPTIONS',
  headers: [['WebHook-Request-Origin', origin]],
  answer: {
    status: '2xx',
    oneOf: [{ header: ['WebHook-Allowed-Origin', origin] }, { header: ['WebHook-Allowed-Origin', '*'] }],
  },
});

/** Returns the common part of CloudEvents as webhooks: a token, and the name of the sender that the handshake sends. */
function cloudEvents(name: string, headers: Readonly<Record<string, string>>): PresetParts {
  const origin = `${name}.example.com`;
  return {
    secret: { label: 'Access token' },
    headers: { ...headers, Authorization: 'Bearer {secret}', 'WebHook-Request-Origin': origin },
    handshakes: [permission(origin)],
    policy: { success: documented('200,201,202,204', webHooks) },
  };
}

/** Headers of which a signature by RFC 9421 covers the first two, and the address. */
function messageSignature(name: string, algorithm: MessageAlgorithm): PresetParts {
  return {
    headers: {
      'Content-Type': 'application/json',
      'Content-Digest': 'sha-256=:{digest}:',
      'Signature-Input': 'sig1={signature.input}',
      Signature: 'sig1=:{signature}:',
    },
    values: { created: timestamp, nonce: { kind: 'alphanumeric', length: 22 } },
    signatures: {
      digest: { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'base64' },
      signature: {
        scheme: 'rfc9421',
        algorithm,
        components: ['@method', '@target-uri', 'content-type', 'content-digest'],
        parameters: { created: '{created}', keyid: `${name}-1`, alg: algorithm, nonce: '{nonce}' },
      },
    },
    policy: { success: '2xx', resend: ['times', 'signature'] },
  };
}

const privateKey = {
  label: 'Private key',
  shape: {
    pattern: '^(seed:.+|-----BEGIN [\\s\\S]+)$',
    description: 'a private key in PEM, or seed: and a text of which one is made',
  },
} as const;

/** Ways to sign and to write events that standards describe. */
export const standardPresets: readonly SchemePreset[] = [
  {
    name: 'standard-webhooks',
    title: 'Standard Webhooks: id, time and body, in headers of fixed names',
    header: null,
    form: 'standardWebhooks',
    parts: () => ({ ...shared, headers: messageHeaders('webhook', 'v1'), policy }),
  },
  {
    name: 'standard-webhooks-v1a',
    title: 'Standard Webhooks with Ed25519: the receiver holds a public key',
    header: null,
    form: 'standardWebhooks',
    parts: () => ({
      secret: {
        label: 'Private key',
        shape: {
          pattern: '^(whsk_[A-Za-z0-9+/]+=*|seed:.+|-----BEGIN [\\s\\S]+)$',
          description: 'whsk_ and Base64, a private key in PEM, or seed: and a text of which one is made',
        },
      },
      headers: messageHeaders('webhook', 'v1a'),
      values: shared.values,
      signatures: {
        signature: {
          scheme: 'ed25519',
          content: '{id}.{timestamp}.{body}',
          encoding: 'base64',
          key: ['strip:whsk_', 'base64'],
        },
      },
      policy: { success: '2xx', resend: documented(['times', 'signature'], standardWebhooks) },
    }),
  },
  {
    name: 'svix',
    title: 'Svix: as Standard Webhooks, in the headers of Svix',
    header: null,
    form: 'event',
    parts: () => ({ ...shared, headers: messageHeaders('svix', 'v1'), policy }),
  },
  {
    name: 'rfc9421',
    title: 'HTTP Message Signatures (RFC 9421), Ed25519: the receiver holds a public key',
    header: null,
    parts: (_header, _prefix, name) => ({ secret: privateKey, ...messageSignature(name, 'ed25519') }),
  },
  {
    name: 'rfc9421-hmac',
    title: 'HTTP Message Signatures (RFC 9421), HMAC-SHA256 with a shared secret',
    header: null,
    parts: (_header, _prefix, name) => messageSignature(name, 'hmac-sha256'),
  },
  {
    name: 'cloudevents',
    title: 'CloudEvents, all in the body (structured mode), with a bearer token',
    header: null,
    form: 'cloudEvent',
    parts: (_header, _prefix, name) => cloudEvents(name, { 'Content-Type': 'application/cloudevents+json' }),
  },
  {
    name: 'cloudevents-binary',
    title: 'CloudEvents, attributes in headers (binary mode), with a bearer token',
    header: null,
    form: 'dataAlone',
    parts: (_header, _prefix, name) => ({
      ...cloudEvents(name, {
        'Content-Type': 'application/json',
        'ce-specversion': '1.0',
        'ce-id': '{id}',
        'ce-source': `/${name}`,
        'ce-type': '{event}',
        'ce-time': '{time}',
      }),
      values: { id: { kind: 'uuid4' }, time: { kind: 'time', format: 'iso-millis' } },
    }),
  },
];
