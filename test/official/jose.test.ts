import { describe, expect, it } from 'vitest';
import { createDelivery, keys } from '../../src/index.js';
import { sealedProject, sealKey } from '../functions/sealed.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { areInstalled, load } from './packages.js';

type Key = object;
interface Jose {
  importJWK(jwk: object, algorithm: string): Promise<Key>;
  createLocalJWKSet(set: object): Key;
  jwtVerify(
    token: string,
    key: unknown,
    options: object,
  ): Promise<{ payload: Record<string, unknown>; protectedHeader: object }>;
  compactDecrypt(token: string, key: Uint8Array): Promise<{ plaintext: Uint8Array; protectedHeader: object }>;
}

const shared = ['HS256', 'HS384', 'HS512'] as const;
const paired = ['ES256', 'RS256', 'RS384', 'RS512', 'PS256', 'EdDSA'] as const;
const secretOf = (algorithm: string) =>
  algorithm.startsWith('HS')
    ? 'a-shared-secret-that-is-long-enough-for-every-one-of-the-three-hash-algorithms'
    : 'seed:jose';

function providerOf(algorithm: (typeof shared)[number] | (typeof paired)[number], isBody: boolean) {
  return {
    name: 'acme',
    headers: isBody ? { 'Content-Type': 'application/jwt' } : { Authorization: 'Bearer {token}' },
    values: {
      now: { kind: 'time', format: 'unix-seconds' },
      soon: { kind: 'time', format: 'unix-seconds', at: 'now+300s' },
      id: { kind: 'uuid4' },
    },
    signatures: {
      digest: { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'hex' },
      token: {
        scheme: 'jwt',
        algorithm,
        header: { typ: 'JWT', kid: 'one' },
        claims: isBody
          ? '{body}'
          : {
              iss: 'acme',
              aud: ['shop', 'desk'],
              jti: '{id}',
              iat: { number: '{now}' },
              exp: { number: '{soon}' },
              body: '{digest}',
              test: true,
            },
      },
    },
    ...(isBody && { body: '{token}' }),
    events: ['paid'],
    samples: { paid: { order: { id: 7, note: 'kopi & susu ☕' }, items: [1.5, null] } },
  } as const;
}

describe.runIf(areInstalled)('tokens, judged by jose', async () => {
  const jose = await load<Jose>('jose');

  const keyFor = async (algorithm: string, provider: ReturnType<typeof providerOf>, secret: string) => {
    if (algorithm.startsWith('HS')) return Buffer.from(secret);
    const { jwks } = await keys({ provider, secret });
    return jose.importJWK({ ...jwks.keys[0]!, alg: algorithm }, algorithm);
  };

  it.each([...shared, ...paired])('%s in a header, with claims of every kind', async (algorithm) => {
    const provider = providerOf(algorithm, false);
    const secret = secretOf(algorithm);
    const { headers } = await createDelivery({ provider, secret });
    const token = headers.find(([name]) => name === 'Authorization')![1].replace('Bearer ', '');
    const key = await keyFor(algorithm, provider, secret);
    const rules = { issuer: 'acme', audience: 'desk', algorithms: [algorithm] };
    const { payload, protectedHeader } = await jose.jwtVerify(token, key, rules);
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'one' });
    expect(payload).toMatchObject({ test: true, aud: ['shop', 'desk'], jti: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(300);
    const other = await keyFor(algorithm, provider, algorithm.startsWith('HS') ? `${secret}-other` : 'seed:other');
    await expect(jose.jwtVerify(token, other, rules)).rejects.toThrow(/signature verification failed/);
    const [head, claims, proof] = token.split('.');
    const changed = Buffer.from(JSON.stringify({ ...payload, test: false })).toString('base64url');
    expect(changed).not.toBe(claims);
    await expect(jose.jwtVerify(`${head}.${changed}.${proof}`, key, rules)).rejects.toThrow(
      /signature verification failed/,
    );
  });

  it.each([...shared, ...paired])('%s as the body, whose claims are the payload', async (algorithm) => {
    const provider = providerOf(algorithm, true);
    const secret = secretOf(algorithm);
    const { body } = await createDelivery({ provider, secret });
    const key = await keyFor(algorithm, provider, secret);
    const { payload } = await jose.jwtVerify(Buffer.from(body).toString(), key, { algorithms: [algorithm] });
    expect(payload).toEqual(provider.samples.paid);
  });

  it('a token that a function encrypts is opened by it', async () => {
    const server = await captureServer();
    const cwd = sealedProject();
    const sent = await cli(['send', 'jot', '--to', server.url, '--secret', sealKey, '--all'], { cwd });
    expect(sent).toMatchObject({ exitCode: 0 });
    for (const { body } of server.requests) {
      const { plaintext, protectedHeader } = await jose.compactDecrypt(body.toString(), Buffer.from(sealKey));
      expect(protectedHeader).toMatchObject({ alg: 'dir', enc: 'A256GCM' });
      expect(JSON.parse(Buffer.from(plaintext).toString())).toBeTypeOf('object');
      await expect(jose.compactDecrypt(body.toString(), Buffer.alloc(32, 1))).rejects.toThrow();
    }
    expect(server.requests.length).toBeGreaterThan(0);
  });
});
