import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../../src/core/delivery.js';
import type { Provider } from '../../../src/core/provider.js';
import { findScheme } from '../../../src/infer/findScheme.js';
import type { FoundScheme } from '../../../src/infer/foundScheme.js';
import { lowerSignatures } from '../../../src/signing/messageSignature.js';
import { verifyReceived } from '../../../src/verify/verify.js';
import { exampleProvider } from '../../support/exampleProviders.js';

interface Made {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly secrets: readonly string[];
}

const captures: readonly Made[] = JSON.parse(
  execFileSync('python3', [join(import.meta.dirname, 'captures.py')], { encoding: 'utf8' }),
);
const scheme = (hash: string, content: string, encoding: string, more = {}) => ({
  scheme: 'hmac',
  hash,
  content,
  encoding,
  ...more,
});

/** The scheme expected of each capture that has more than a signature of the body. */
const expected: Record<
  string,
  { signature?: unknown; header?: unknown; values?: unknown; fields?: unknown; note?: RegExp; query?: unknown }
> = {
  "time '{t}.{b}'": {
    signature: scheme('sha256', '{timestamp}.{body}', 'hex'),
    header: ['X-Acme-Signature', 'v0={signature}'],
    values: { timestamp: { kind: 'time', format: 'unix-seconds' } },
  },
  "time '{t}{b}'": { signature: scheme('sha256', '{timestamp}{body}', 'hex') },
  "time '{t}:{b}'": { signature: scheme('sha256', '{timestamp}:{body}', 'hex') },
  "time 'v0:{t}:{b}'": { signature: scheme('sha256', 'v0:{timestamp}:{body}', 'hex') },
  "time '{b}{t}'": { signature: scheme('sha256', '{body}{timestamp}', 'hex') },
  "time '{b}.{t}'": { signature: scheme('sha256', '{body}.{timestamp}', 'hex') },
  "time '{t}|{b}'": { signature: scheme('sha256', '{timestamp}|{body}', 'hex') },
  "time '{t}\\n{b}'": { signature: scheme('sha256', '{timestamp}\n{body}', 'hex') },
  'time in milliseconds': {
    signature: scheme('sha256', '{timestamp}{body}', 'base64'),
    values: { timestamp: { kind: 'time', format: 'unix-millis' } },
  },
  'time in ISO': {
    signature: scheme('sha256', '{timestamp}.{body}', 'hex'),
    values: { timestamp: { kind: 'time', format: 'iso-seconds' } },
  },
  'time of the header Date': {
    signature: scheme('sha256', '{timestamp}.{body}', 'hex'),
    values: { timestamp: { kind: 'time', format: 'rfc1123' } },
  },
  'id.timestamp.body': {
    signature: scheme('sha256', '{id}.{timestamp}.{body}', 'base64', { key: ['strip:whsec_', 'base64'] }),
    header: ['webhook-signature', 'v1,{signature}'],
  },
  't and v1': { header: ['Acme-Signature', 't={timestamp},v1={signature}'] },
  'two secrets': { header: ['Acme-Signature', { head: 't={timestamp},', each: 'v1={signature}', join: ',' }] },
  'two secrets, one known': {
    header: ['Acme-Signature', { head: 't={timestamp},', each: 'v1={signature}', join: ',' }],
    note: /holds another signature that none of the secrets makes/,
  },
  'another version beside': {
    header: ['Acme-Signature', { head: 't={timestamp},', each: 'v1={signature}', join: ',' }],
    note: /holds another signature/,
  },
  'ts and h1': {
    signature: scheme('sha256', '{timestamp}:{body}', 'hex'),
    header: ['Acme-Signature', 'ts={timestamp};h1={signature}'],
  },
  'a list with spaces': { header: ['webhook-signature', { each: 'v1,{signature}', join: ' ' }] },
  'nonce beside the signature': {
    header: ['X-Signature', 'nonce={id},t={timestamp},s={signature}'],
    signature: scheme('sha256', '{id}{timestamp}{body}', 'hex'),
  },
  'url and body': { signature: scheme('sha1', '{url}{body}', 'base64') },
  'method, url, body, time': { signature: scheme('sha256', '{method}{url}{body}{timestamp}', 'base64') },
  'path and body': { signature: scheme('sha256', '{path}{body}', 'hex') },
  'method, path with query, time, hash of the body': {
    signature: scheme('sha256', '{method}\n{path}{query}\n{timestamp}\n{bodyHash}', 'hex'),
  },
  'behind a proxy': { signature: scheme('sha256', '{url}{body}', 'hex') },
  'url and sorted form': { signature: scheme('sha1', '{url}{fields}', 'base64') },
  'event and body': { signature: scheme('sha256', '{event}{body}', 'hex') },
  'an unusual order': { signature: scheme('sha256', '{body}:{event}:{timestamp}', 'hex') },
  'secret and body in a plain hash': { signature: { ...scheme('sha256', '{secret}{body}', 'hex'), scheme: 'digest' } },
  'body and secret in a plain hash': { signature: { ...scheme('md5', '{body}{secret}', 'hex'), scheme: 'digest' } },
  'secret, method, url, body in a plain hash': {
    signature: { ...scheme('sha256', '{secret}{method}{url}{body}', 'hex'), scheme: 'digest' },
  },
  'key in base64': { signature: scheme('sha256', '{body}', 'hex', { key: ['base64'] }) },
  'key in hex': { signature: scheme('sha256', '{body}', 'hex', { key: ['hex'] }) },
  'hashed key': { signature: scheme('sha256', '{body}', 'hex', { key: ['hash:sha1'] }) },
  'key behind a prefix': { signature: scheme('sha256', '{body}', 'hex', { key: ['strip:sk_live_'] }) },
  token: { header: ['X-Acme-Token', '{secret}'] },
  bearer: { header: ['Authorization', 'Bearer {secret}'] },
  'token after a word': { header: ['Authorization', 'Token {secret}'] },
  'basic auth': { header: ['Authorization', 'Basic {credentials}'] },
  'basic auth, both given': { header: ['Authorization', 'Basic {credentials}'] },
  'in the body': {
    fields: [
      ['signature.timestamp', '{timestamp}'],
      ['signature.token', '{token}'],
      ['signature.signature', '{signature}'],
    ],
    values: { timestamp: { kind: 'time', format: 'unix-seconds' } },
    note: /does not cover the body/,
  },
  'in the query': {
    query: [
      ['ts', '{timestamp}'],
      ['sig', '{signature}'],
    ],
    signature: scheme('sha256', '{timestamp}.{body}', 'hex'),
  },
  'braces around': { header: ['X-Signature', '{{{signature}}}'] },
  'sorted fields of the body': {
    fields: [['signature', '{signature}']],
    values: { fields: { kind: 'fields', paths: ['order_id', 'status', 'amount'], join: '' } },
  },
  'a token of JSON': { header: ['Authorization', 'Bearer {signature}'] },
};
const provider = (found: FoundScheme): Provider => ({
  ...exampleProvider('line'),
  ...{
    values: found.values,
    ...lowerSignatures(found.signatures, found.headers),
    fields: found.fields,
    dialect: found.dialect,
  },
});

const request = ({ body, ...capture }: Made) => ({ ...capture, body: Buffer.from(body) });

describe('captures that were made elsewhere', () => {
  it.each(captures.map((capture) => [capture.name, capture] as const))('%s', (name, capture) => {
    const found = findScheme(request(capture), ['wrong', ...capture.secrets]);
    expect(found.proofs.map(({ certainty }) => certainty)).toEqual(
      found.proofs.map(() => (name === 'a token of JSON' ? expect.stringMatching(/reproduced/) : 'reproduced')),
    );
    expect(found.proofs.every(({ secretAt }) => secretAt !== null && secretAt > 0)).toBe(true);
    const want = expected[name];
    const [signature] = Object.values(found.signatures).slice(-1);
    if (want?.signature) expect(signature).toEqual(want.signature);
    if (want?.header) expect(found.headers).toContainEqual(want.header);
    if (want?.values) expect(found.values).toMatchObject(want.values);
    if (want?.fields) expect(found.fields).toEqual(want.fields);
    if (want?.query) expect(found.query).toEqual(want.query);
    if (want?.note) expect(found.notes).toContainEqual(expect.stringMatching(want.note));
    const [, kind, hash, encoding] = /^(body) (\w+) (\w+)$/.exec(name) ?? [];
    if (kind) expect(signature).toEqual(scheme(hash!, '{body}', encoding!));
    const [, prefix] = /^prefix (.*[=, ])\w+$/.exec(name) ?? [];
    if (prefix) expect(found.headers).toContainEqual(['X-Acme-Signature', `${prefix}{signature}`]);
    if (!want && !kind && !prefix) throw new Error(`${name} is not expected to be anything`);
    if (!want?.query)
      expect(
        verifyReceived(provider(found), { ...request(capture), url: found.signedUrl ?? capture.url }, capture.secrets),
      ).toEqual({ ok: true });
  });
});
