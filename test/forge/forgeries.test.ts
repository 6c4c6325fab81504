import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ForgeryName, forgeries } from '../../src/forge/forgeries.js';
import { createDelivery, type UsageError } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

/** Each provider's documented verifier, as a correct receiver in Node has it: header, encoding, secret. */
const verifiers = {
  scalev: ['X-Scalev-Hmac-Sha256', 'base64', 'order.created'],
  bharatcart: ['X-Webhook-Signature', 'hex', 'order.created'],
  covver: ['covverSignature', 'base64', 'OrderPlaced'],
  webconnex: ['X-Webconnex-Signature', 'hex', 'registration'],
  commercelayer: ['X-CommerceLayer-Signature', 'base64', 'orders.place'],
} as const;

/** Reasons why some forgeries can't be made under some schemes. */
const meaningless: Record<string, RegExp> = {
  'stale-timestamp': /it signs no timestamp/,
  'future-timestamp': /it signs no timestamp/,
  'unsigned-timestamp': /it signs no timestamp/,
  'missing-timestamp': /it signs no timestamp/,
  'timestamp-in-seconds': /it signs no timestamp/,
  'timestamp-in-milliseconds': /it signs no timestamp/,
  'timestamp-in-microseconds': /it signs no timestamp/,
  'no-signature-object': /its signature is in no object of the body/,
  'foreign-certificate': /its deliveries name no address of a key/,
  'zero-secret': /its algorithm fills the secret up with zero bytes/,
  'public-key-secret': /it sends no token or message that a key pair signs/,
  'uncovered-body': /it signs no message by RFC 9421/,
  'uncovered-request': /it signs no message by RFC 9421/,
  'stripped-digest': /it signs no message by RFC 9421/,
  'only-weaker': /no two signatures of different strength/,
  'only-weaker-false': /no two signatures of different strength/,
  'only-stronger-false': /no two signatures of different strength/,
  'stronger-false': /no two signatures of different strength/,
};

const secret = 'a-secret-of-the-test';

async function forge(provider: keyof typeof verifiers, name: string | null, ...more: string[]) {
  const [header, encoding, event] = verifiers[provider];
  const server = await captureServer();
  const flags = name === null ? [] : ['--forge', name];
  const result = await cli([
    'send',
    provider,
    event,
    '--secret',
    secret,
    '--json',
    '--to',
    server.url,
    ...flags,
    ...more,
  ]);
  const [request] = server.requests;
  // As Node's http joins doubled headers.
  const received = request?.headers
    .filter(([key]) => key.toLowerCase() === header.toLowerCase())
    .map(([, value]) => value);
  const expected = request && createHmac('sha256', secret).update(request.body).digest(encoding);
  return { result, request, genuine: received?.length ? received.join(', ') === expected : false };
}

/** The same without a receiver: what the library makes, or why it makes none. */
async function make(provider: keyof typeof verifiers, name: string | null) {
  const [header, encoding, event] = verifiers[provider];
  const options = { provider, event, secret, ...(name !== null && { forge: name as ForgeryName }) };
  const delivery = await createDelivery(options).catch((error: UsageError) => error);
  if (delivery instanceof Error) return { refusal: delivery, genuine: null };
  const received = delivery.headers.filter(([key]) => key.toLowerCase() === header.toLowerCase());
  const expected = createHmac('sha256', secret).update(delivery.body).digest(encoding);
  return { refusal: null, genuine: received.map(([, value]) => value).join(', ') === expected };
}

/** Returns why a forgery can't be made for a provider. */
function reasonFor(provider: keyof typeof verifiers, name: string): RegExp | undefined {
  if (name === 'wrong-case-signature' && verifiers[provider][1] === 'hex') return /the letter case of hex/;
  if (/^(reserialised-body|appended-byte)$/.test(name) && provider === 'covver') return /hashes the reserialised body/;
  if (name === 'first-kib-signature' && provider === 'bharatcart') return /not longer than 1 KiB/;
  return meaningless[name];
}

const names = forgeries.map(({ name }) => name);

it.each(Object.keys(verifiers) as (keyof typeof verifiers)[])('%s is genuine without a forgery', async (provider) => {
  const { genuine, result } = await forge(provider, null);
  expect(genuine).toBe(true);
  expect(result.json[0].forge).toBeNull();
});

describe.each(['bharatcart', 'covver', 'webconnex', 'commercelayer'] as const)('%s', (provider) => {
  it.each(names)('%s is made, and not genuine', async (name) => {
    const { genuine, refusal } = await make(provider, name);
    const reason = reasonFor(provider, name);
    if (reason) expect(refusal?.message).toMatch(reason);
    else expect([refusal, genuine]).toEqual([null, false]);
  });
});

describe('scalev', () => {
  it.each(names)('%s is sent, named, and not genuine', async (name) => {
    const { result, request, genuine } = await forge('scalev', name);
    const reason = reasonFor('scalev', name);
    if (reason) {
      expect(result.stderr).toMatch(reason);
      expect(result.exitCode).toBe(2);
      expect(request).toBeUndefined();
    } else {
      expect(result.json[0].forge).toBe(name);
      expect(request).toBeDefined();
      expect(genuine).toBe(false);
    }
  });
});

describe('what each forgery does', () => {
  const signatureOf = async (name: string | null, ...more: string[]) => {
    const { request } = await forge('scalev', name, '--seed', '1', '--now', '2026-06-01T12:00:00Z', ...more);
    return { request: request!, signature: request!.header('X-Scalev-Hmac-Sha256') };
  };

  it('signs with what it says', async () => {
    const { request, signature } = await signatureOf('undefined-secret');
    expect(signature).toBe(createHmac('sha256', 'undefined').update(request.body).digest('base64'));
    const sha1 = await signatureOf('sha1');
    expect(sha1.signature).toBe(createHmac('sha1', secret).update(sha1.request.body).digest('base64'));
    const hex = await signatureOf('wrong-encoding');
    expect(hex.signature).toBe(createHmac('sha256', secret).update(hex.request.body).digest('hex'));
    const kib = await signatureOf('first-kib-signature');
    expect(kib.signature).toBe(
      createHmac('sha256', secret).update(kib.request.body.subarray(0, 1024)).digest('base64'),
    );
    const sample = await signatureOf('sample-secret');
    expect(sample.signature).toBe(
      createHmac('sha256', 'scalev-sample-secret').update(sample.request.body).digest('base64'),
    );
  });

  it('changes one byte of the body, or appends one, after signing', async () => {
    const honest = await signatureOf(null);
    const tampered = await signatureOf('tampered-body');
    const differing = [...honest.request.body].filter((byte, i) => byte !== tampered.request.body[i]);
    expect(differing).toHaveLength(1);
    expect(tampered.request.body).toHaveLength(honest.request.body.length);
    expect(() => JSON.parse(tampered.request.body.toString())).not.toThrow();
    expect(tampered.signature).toBe(honest.signature);
    const appended = await signatureOf('appended-byte');
    expect(appended.request.body.subarray(0, -1)).toEqual(honest.request.body);
    expect(appended.signature).toBe(honest.signature);
  });

  it('leaves the header out, empties, shortens, doubles or renames it', async () => {
    const honest = (await signatureOf(null)).signature!;
    expect((await signatureOf('no-signature')).signature).toBeUndefined();
    expect((await signatureOf('empty-signature')).signature).toBe('');
    // 44 characters of base64, of which the last is padding.
    expect((await signatureOf('truncated-signature')).signature).toBe(honest.slice(0, -2));
    expect((await signatureOf('truncated-to-8')).signature).toBe(honest.slice(0, 8));
    expect((await signatureOf('wrong-case-signature')).signature!.toLowerCase()).toBe(honest.toLowerCase());
    const doubled = (await signatureOf('false-header-last')).request.headers.filter(
      ([name]) => name === 'X-Scalev-Hmac-Sha256',
    );
    expect(doubled).toHaveLength(2);
    expect(doubled[0]![1]).toBe(honest);
    expect(doubled[1]![1]).not.toBe(honest);
    const renamed = (await signatureOf('wrong-header')).request;
    expect(renamed.header('X-Scalev-Hmac-Sha256-Old')).toBe(honest);
  });

  it('rejects what would be no forgery', async () => {
    const server = await captureServer();
    const { exitCode, stderr } = await cli([
      'send',
      'scalev',
      'order.created',
      '--forge',
      'sample-secret',
      '--to',
      server.url,
    ]);
    expect(stderr).toBe(
      "webhook-sim: sample-secret can't be made for Scalev: that is the secret that deliveries are signed with.\n",
    );
    expect(exitCode).toBe(2);
    const unknown = await cli(['send', 'scalev', 'order.created', '--forge', 'wrong-secrte', '--to', server.url]);
    expect(unknown.stderr).toContain('There is no forgery wrong-secrte. Did you mean wrong-secret');
    expect(server.requests).toEqual([]);
  });

  it('is rejected by the built-in receiver', async () => {
    const { exitCode, stdout } = await cli(['send', 'scalev', 'order.created', '--forge', 'tampered-body']);
    expect(stdout).toMatch(/✓ 401 scalev order\.created \[tampered-body\]/);
    expect(exitCode).toBe(0);
  });
});
