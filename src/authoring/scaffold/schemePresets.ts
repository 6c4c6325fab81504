import type { SchemePreset } from './schemePreset.js';
import { standardPresets } from './standardPresets.js';

const json = { 'Content-Type': 'application/json' };
const timestamp = { kind: 'time', format: 'unix-seconds' } as const;
const hmac = (content: string, encoding: 'hex' | 'base64') =>
  ({ scheme: 'hmac', hash: 'sha256', content, encoding }) as const;

/** The ways to sign that a new provider can begin with, the most usual one first; each is named for whom it is known from. */
export const schemePresets: readonly SchemePreset[] = [
  {
    name: 'hmac',
    title: 'HMAC-SHA256 of the body, in hex',
    header: (prefix) => `${prefix}-Signature`,
    parts: (header) => ({
      headers: { ...json, [header]: '{signature}' },
      signatures: { signature: hmac('{body}', 'hex') },
    }),
  },
  {
    name: 'github',
    title: 'HMAC-SHA256 of the body, in hex behind sha256=, the event in a header',
    header: (prefix) => `X-${prefix}-Signature-256`,
    parts: (header, prefix) => ({
      headers: {
        ...json,
        [`X-${prefix}-Event`]: '{event}',
        [`X-${prefix}-Delivery`]: '{delivery}',
        [header]: 'sha256={signature}',
      },
      values: { delivery: { kind: 'uuid4' } },
      signatures: { signature: hmac('{body}', 'hex') },
    }),
  },
  {
    name: 'shopify',
    title: 'HMAC-SHA256 of the body, in Base64',
    header: (prefix) => `X-${prefix}-Hmac-Sha256`,
    parts: (header, prefix) => ({
      headers: { ...json, [`X-${prefix}-Topic`]: '{event}', [header]: '{signature}' },
      signatures: { signature: hmac('{body}', 'base64') },
    }),
  },
  {
    name: 'stripe',
    title: 'HMAC-SHA256 of time and body, both in one header: t=…,v1=…',
    header: (prefix) => `${prefix}-Signature`,
    parts: (header) => ({
      headers: { ...json, [header]: { head: 't={timestamp},', each: 'v1={signature}', join: ',' } },
      values: { timestamp },
      signatures: { signature: hmac('{timestamp}.{body}', 'hex') },
    }),
  },
  {
    name: 'slack',
    title: 'HMAC-SHA256 of version, time and body, the time in a header',
    header: (prefix) => `X-${prefix}-Signature`,
    parts: (header, prefix) => ({
      headers: { ...json, [`X-${prefix}-Request-Timestamp`]: '{timestamp}', [header]: 'v0={signature}' },
      values: { timestamp },
      signatures: { signature: hmac('v0:{timestamp}:{body}', 'hex') },
    }),
  },
  ...standardPresets,
  {
    name: 'discord',
    title: 'Ed25519 of time and body: the receiver holds a public key',
    header: (prefix) => `X-${prefix}-Signature-Ed25519`,
    parts: (header, prefix) => ({
      headers: { ...json, [header]: '{signature}', [`X-${prefix}-Signature-Timestamp`]: '{timestamp}' },
      values: { timestamp },
      signatures: { signature: { scheme: 'ed25519', content: '{timestamp}{body}', encoding: 'hex' } },
    }),
  },
  {
    name: 'token',
    title: 'the secret itself in a header',
    header: (prefix) => `X-${prefix}-Token`,
    parts: (header) => ({ headers: { ...json, [header]: '{secret}' } }),
  },
  {
    name: 'bearer',
    title: 'the secret itself as Authorization: Bearer',
    header: null,
    parts: () => ({ headers: { ...json, Authorization: 'Bearer {secret}' } }),
  },
  {
    name: 'basic',
    title: 'user and password as Authorization: Basic',
    header: null,
    parts: () => ({
      secret: { label: 'user:password', sample: 'user:sample-password' },
      headers: { ...json, Authorization: 'Basic {credentials}' },
      signatures: { credentials: { scheme: 'encoded', content: '{secret}', encoding: 'base64' } },
    }),
  },
];
