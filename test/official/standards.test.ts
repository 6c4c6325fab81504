import { constants, createPublicKey, type KeyObject, sign, webcrypto } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { schemePresets } from '../../src/authoring/scaffold/schemePresets.js';
import { describeSkeleton } from '../../src/authoring/scaffold/skeleton.js';
import { flagName } from '../../src/cli/options/flags.js';
import type { Provider } from '../../src/core/provider.js';
import type { ProviderDescription } from '../../src/core/providerDescription.js';
import { seededRandom } from '../../src/core/random.js';
import { type MessageAlgorithm, type MessageSignatureScheme, messageAlgorithms } from '../../src/core/scheme.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { findForgery } from '../../src/forge/forgeries.js';
import { completeProvider } from '../../src/providers/complete.js';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { signingKey } from '../../src/signing/signingKey.js';
import { Transport } from '../../src/transport/transport.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { type Judged, judgingServer } from '../support/judgingServer.js';
import { areInstalled, load } from './packages.js';

const transport = new Transport();
afterAll(() => transport.close());

/** Returns the description by `provider new acme --scheme …`. */
function begun(scheme: string): { readonly description: ProviderDescription; readonly body: string } {
  const preset = schemePresets.find(({ name }) => name === scheme)!;
  const { description, samples } = describeSkeleton({
    name: 'acme',
    events: ['order.created'],
    preset,
    nameOf: flagName,
  });
  return { description, body: JSON.stringify(samples['order.created']) };
}

interface Sent {
  readonly provider: Provider;
  readonly body: string;
  readonly forge?: string;
  readonly secret?: string;
  readonly now?: number;
}

function makerOf({ provider, forge, secret }: Sent, url: string) {
  return compileDeliverySync({
    provider,
    event: 'order.created',
    variant: null,
    url,
    secrets: [{ value: secret ?? provider.secret.sample, source: 'test', isSample: false }],
    headers: [],
    forgery: forge === undefined ? null : findForgery(forge),
  });
}

/** Returns the objection of a package to a delivery over a socket; null where it accepts it. */
async function judge(sent: Sent, verify: (request: Judged, url: string) => unknown): Promise<string | null> {
  let url = '';
  const receiver = await judgingServer(async (request) => {
    try {
      return (await verify(request, url)) === false ? 'not verified' : null;
    } catch (error) {
      return (error as Error).message;
    }
  });
  url = receiver.url;
  const make = makerOf(sent, url);
  const { now = Date.now() } = sent;
  await transport.send(make({ now, random: seededRandom(1), body: Buffer.from(sent.body) }), 60_000);
  return receiver.verdicts[0]!;
}

const headersOf = ({ incoming }: Judged) => incoming.headers as Record<string, string>;

function messagesOf(algorithm: MessageAlgorithm) {
  const { description, body } = begun(algorithm === 'hmac-sha256' ? 'rfc9421-hmac' : 'rfc9421');
  const { signature, ...others } = description.signatures!;
  const options = signature as MessageSignatureScheme;
  const parameters = { ...options.parameters, alg: algorithm };
  const signatures = { ...others, signature: { ...options, algorithm, parameters } };
  const provider = completeProvider({ ...description, signatures });
  const secret = algorithm === 'hmac-sha256' ? 'hush' : 'seed:of the test';
  const [half] = publicKeys(provider, secret);
  return { provider, body, secret, key: half ? createPublicKey(half.pem) : Buffer.from(secret) };
}

const components = ['@method', '@target-uri', 'content-type', 'content-digest'];

interface Hms {
  readonly createVerifier: (key: unknown, algorithm: string) => unknown;
  readonly createSigner: (key: unknown, algorithm: string, id: string) => object;
  readonly httpbis: {
    verifyMessage(config: object, request: object): Promise<boolean | null>;
    signMessage<T>(config: object, request: T): Promise<T>;
  };
}

describe.skipIf(!areInstalled)('HTTP message signatures, judged by http-message-signatures', () => {
  const verify =
    (key: unknown, algorithm: string) =>
    async ({ incoming }: Judged, url: string) => {
      const { createVerifier, httpbis } = await load<Hms>('http-message-signatures');
      const config = {
        keyLookup: async () => ({ id: 'acme-1', algs: [algorithm], verify: createVerifier(key, algorithm) }),
        requiredFields: components,
        requiredParams: ['created', 'keyid'],
        maxAge: 300,
        tolerance: 5,
      };
      return (
        (await httpbis.verifyMessage(config, { method: incoming.method, url, headers: incoming.headers })) === true
      );
    };

  it.each(messageAlgorithms)('%s is accepted, and what is wrong is not', async (algorithm) => {
    const { key, ...sent } = messagesOf(algorithm);
    expect(await judge(sent, verify(key, algorithm))).toBeNull();
    for (const forge of [
      'tampered-signature',
      'wrong-secret',
      'uncovered-body',
      'uncovered-request',
      'stripped-digest',
    ])
      expect([forge, await judge({ ...sent, forge }, verify(key, algorithm))]).not.toEqual([forge, null]);
    expect(await judge({ ...sent, forge: 'stale-timestamp' }, verify(key, algorithm))).not.toBeNull();
    expect(await judge({ ...sent, forge: 'no-signature' }, verify(key, algorithm))).not.toBeNull();
  });

  it.each(messageAlgorithms)('%s that it signs is accepted here, and tampered with it is not', async (algorithm) => {
    const { createSigner, httpbis } = await load<Hms>('http-message-signatures');
    const { provider, body, secret } = messagesOf(algorithm);
    const url = 'https://shop.example.com/hooks?shop=7';
    const make = makerOf({ provider, body, secret }, url);
    const { headers: ours } = make({ now: Date.now(), random: seededRandom(1), body: Buffer.from(body) });
    const digest = new Map(ours).get('Content-Digest')!;
    const key = algorithm === 'hmac-sha256' ? secret : signingKey(provider.signatures.signature!, secret);
    // Left to itself it takes the longest salt, where RFC 9421 calls for 64 bytes.
    const salted = (data: Uint8Array) =>
      sign('sha512', data, { key: key as KeyObject, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 });
    const signer = createSigner(key, algorithm, 'acme-1');
    const config = {
      key: algorithm === 'rsa-pss-sha512' ? { ...signer, sign: async (data: Uint8Array) => salted(data) } : signer,
      name: 'theirs',
      fields: ['content-digest', ...components.slice(0, 3), '@query', '@authority', '@path'],
      params: ['created', 'keyid', 'alg', 'nonce'],
      paramValues: { nonce: 'once' },
    };
    const plain = { 'content-type': 'application/json', 'content-digest': digest };
    const { headers } = await httpbis.signMessage(config, {
      method: 'POST',
      url,
      headers: plain as Record<string, string>,
    });
    const request = { method: 'POST', url, headers: Object.entries(headers), body: Buffer.from(body) };
    expect(verifyReceived(provider, request, [secret])).toEqual({ ok: true });
    expect(verifyReceived(provider, { ...request, method: 'PUT' }, [secret]).ok).toBe(false);
    expect(verifyReceived(provider, { ...request, url: `${url}1` }, [secret]).ok).toBe(false);
    expect(verifyReceived(provider, { ...request, body: Buffer.from(`${body} `) }, [secret])).toEqual({
      ok: false,
      reason: 'Content-Digest is not the sha-256 of the body',
    });
  });
});

interface Sig {
  readonly webcrypto: { verifier(key: unknown): object; signer(key: unknown): object };
  verifySignature(message: object, options: object): Promise<object>;
  createSignature(message: object, options: object): Promise<{ signature: string; signatureInput: string }>;
}

const subtleNames = { ed25519: 'Ed25519', 'rsa-pss-sha512': { name: 'RSA-PSS', hash: 'SHA-512' } } as const;

describe.skipIf(!areInstalled)('HTTP message signatures, judged by http-message-sig', () => {
  const imported = (key: KeyObject, name: (typeof subtleNames)[keyof typeof subtleNames], use: 'sign' | 'verify') =>
    use === 'verify'
      ? webcrypto.subtle.importKey('spki', key.export({ type: 'spki', format: 'der' }), name, true, [use])
      : webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), name, true, [use]);

  it.each(['ed25519', 'rsa-pss-sha512'] as const)('%s is accepted in both directions', async (algorithm) => {
    const { key, ...sent } = messagesOf(algorithm);
    const { webcrypto: keys, verifySignature, createSignature } = await load<Sig>('http-message-sig');
    const verifier = keys.verifier(await imported(key as KeyObject, subtleNames[algorithm], 'verify'));
    const verify = ({ incoming }: Judged, url: string) => {
      const fields = incoming.rawHeaders.flatMap((name, at, all) =>
        at % 2 === 0 ? [{ name, value: all[at + 1] }] : [],
      );
      return verifySignature(
        { kind: 'request', method: incoming.method, targetUri: url, fields },
        {
          policy: {
            algorithms: [algorithm],
            requiredComponents: components,
            requiredParameters: ['created', 'keyid', 'nonce'],
            maxAge: 300,
            clockSkew: 5,
          },
          resolveVerifier: () => verifier,
        },
      );
    };
    expect(await judge(sent, verify)).toBeNull();
    for (const forge of [
      'tampered-signature',
      'wrong-secret',
      'uncovered-body',
      'uncovered-request',
      'stripped-digest',
      'public-key-secret',
      'stale-timestamp',
    ])
      expect([forge, await judge({ ...sent, forge }, verify)]).not.toEqual([forge, null]);

    const url = 'https://shop.example.com/hooks?shop=7';
    const make = makerOf(sent, url);
    const { headers: ours } = make({ now: Date.now(), random: seededRandom(1), body: Buffer.from(sent.body) });
    const fields = ours.filter(([name]) => !name.startsWith('Signature')).map(([name, value]) => ({ name, value }));
    const secretKey = signingKey(sent.provider.signatures.signature!, sent.secret) as KeyObject;
    const { signature, signatureInput } = await createSignature(
      { kind: 'request', method: 'POST', targetUri: url, requestTarget: '/hooks?shop=7', fields },
      {
        label: 'theirs',
        components: [...components.toReversed(), '@request-target', '@scheme'],
        parameters: { created: Math.floor(Date.now() / 1000), keyid: 'acme-1', alg: algorithm, nonce: 'once' },
        signer: keys.signer(await imported(secretKey, subtleNames[algorithm], 'sign')),
      },
    );
    const headers = [
      ...fields.map(({ name, value }) => [name, value] as const),
      ['Signature-Input', signatureInput] as const,
      ['Signature', signature] as const,
    ];
    const request = { method: 'POST', url, headers, body: Buffer.from(sent.body) };
    expect(verifyReceived(sent.provider, request, [sent.secret])).toEqual({ ok: true });
    expect(verifyReceived(sent.provider, { ...request, url: `${url}1` }, [sent.secret]).ok).toBe(false);
  });
});

describe.skipIf(!areInstalled)('Svix, judged by its package', () => {
  it('is accepted, and what is wrong is not', async () => {
    const { description, body } = begun('svix');
    const secret = `whsec_${Buffer.from('a key of thirty-two bytes for it').toString('base64')}`;
    const sent = { provider: completeProvider(description), body, secret };
    const verify = async (request: Judged) => {
      type Webhook = new (secret: string) => { verify(body: string, headers: object): unknown };
      const { Webhook } = await load<{ Webhook: Webhook }>('svix');
      new Webhook(secret).verify(request.text, headersOf(request));
    };
    expect(await judge(sent, verify)).toBeNull();
    for (const forge of ['tampered-body', 'wrong-secret', 'stale-timestamp', 'no-signature'])
      expect([forge, await judge({ ...sent, forge }, verify)]).not.toEqual([forge, null]);
  });
});

describe.skipIf(!areInstalled)('CloudEvents, read by cloudevents', () => {
  interface Read {
    readonly id: string;
    readonly type: string;
    readonly source: string;
    readonly specversion: string;
    readonly time: string;
    readonly datacontenttype: string;
    readonly data: object;
    validate(): boolean;
  }

  it.each(['cloudevents', 'cloudevents-binary'])('%s has all attributes, and its data', async (scheme) => {
    const { description, body } = begun(scheme);
    let event: Read | undefined;
    const verdict = await judge({ provider: completeProvider(description), body }, async (request) => {
      const { HTTP } = await load<{ HTTP: { toEvent(message: object): Read } }>('cloudevents');
      event = HTTP.toEvent({ headers: headersOf(request), body: request.text });
      return event.validate();
    });
    expect(verdict).toBeNull();
    expect(event).toMatchObject({ specversion: '1.0', type: 'order.created', source: '/acme' });
    expect(event!.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number.isNaN(Date.parse(event!.time))).toBe(false);
    expect(event!.data).toEqual({ id: expect.stringMatching(/^order_/), status: 'created' });
  });
});
