import { describe, expect, it } from 'vitest';

import { createDelivery, send } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

import { exampleProvider } from '../support/exampleProviders.js';
import { inProject, projectFolder, startReceiver } from './receivers.js';

const PUBLIC_URL = 'https://Shop.example.com/hooks?tenant=a%20b';
const SIGNED = '96wPow1APyVaye8WuFUCqmp/Xds=';
const receivers = [
  ['twilio', 'received', 'twilio-sample-auth-token'],
  ['square', 'payment.created', 'square-sample-signature-key'],
] as const;

describe.each(receivers)('a receiver of %s behind another address', (provider, event, SECRET) => {
  const start = () => startReceiver('receiver.py', provider, { SECRET, PUBLIC_URL });

  it('takes what is signed for the address that the provider knows, and nothing else', async () => {
    const url = await start();
    const send = ['send', provider, event, '--to', url];
    expect((await inProject([...send, '--public-url', PUBLIC_URL])).exitCode).toBe(0);
    expect((await inProject(send)).exitCode).toBe(1);
    expect((await inProject([...send, '--public-url', PUBLIC_URL.toLowerCase()])).exitCode).toBe(1);
  });

  it('is known to a target of the config; a flag is stronger', async () => {
    const targets = { local: { url: await start(), publicUrl: PUBLIC_URL } };
    const config = { target: 'local', targets };
    expect((await inProject(['send', provider, event], config)).exitCode).toBe(0);
    expect((await inProject(['send', provider, event, '--public-url', 'https://a.example/'], config)).exitCode).toBe(1);
    expect((await inProject(['check', provider, '--only', 'plain'], config)).exitCode).toBe(0);
    const flows = { one: { steps: [{ send: `${provider} ${event}` }] } };
    expect((await inProject(['flow', 'one'], { ...config, flows })).exitCode).toBe(0);
  });

  it('is known to a case', async () => {
    const suite = (more: string) => `target: ${url}\ncases:\n  - send: ${provider} ${event}\n${more}`;
    const url = await start();
    const own = projectFolder({}, { 'a.webhooks.yaml': suite(`    publicUrl: ${PUBLIC_URL}\n`) });
    expect((await cli(['run'], { cwd: own })).exitCode).toBe(0);
    const plain = projectFolder({}, { 'a.webhooks.yaml': suite('') });
    expect((await cli(['run'], { cwd: plain })).exitCode).toBe(1);
    expect((await cli(['run', '--public-url', PUBLIC_URL], { cwd: plain })).exitCode).toBe(0);
  });

  it('gets the same once more from the log', async () => {
    const url = await start();
    const options = { cwd: projectFolder(), env: { XDG_STATE_HOME: projectFolder() } };
    expect((await cli(['send', provider, event, '--to', url, '--public-url', PUBLIC_URL], options)).exitCode).toBe(0);
    expect((await cli(['resend'], options)).exitCode).toBe(0);
    expect((await cli(['resend', '--to', url, '--public-url', PUBLIC_URL], options)).exitCode).toBe(0);
    expect((await cli(['resend', '--to', url], options)).exitCode).toBe(1);
  });
});

it('the placeholders of a public URL are those of a URL, and the built-in receiver knows it', async () => {
  const config = {
    target: 'local',
    targets: { local: { url: 'localhost:1', publicUrl: 'https://a.example/{nobody}' } },
  };
  const wrong = await inProject(['send', 'twilio', 'received'], config);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toMatch(/targets\.local\.publicUrl: .*unknown placeholder \{nobody\}/);
  const argv = ['send', 'square', '--all', '--to', 'demo', '--public-url', 'https://a.example/{provider}/{event}'];
  expect((await inProject(argv)).exitCode).toBe(0);
});

it('is an option of the library', async () => {
  const url = await startReceiver('receiver.py', 'square', { SECRET: 'square-sample-signature-key', PUBLIC_URL });
  const provider = exampleProvider('square');
  const options = { provider, event: 'payment.created', payload: { a: 1 }, url } as const;
  expect((await send(await createDelivery({ ...options, publicUrl: PUBLIC_URL }))).status).toBe(200);
  expect((await send(await createDelivery(options))).status).toBe(403);
  await expect(createDelivery({ ...options, publicUrl: 'shop.example.com' })).rejects.toThrow(/is not a URL/);
});

it('says where a public URL changes nothing, and sends the same', async () => {
  const server = await captureServer();
  const argv = ['send', 'stripe', 'customer.created', '--to', server.url, '--seed', '1', '--now', '1767225600'];
  const { stderr } = await inProject([...argv, '--public-url', PUBLIC_URL]);
  expect(stderr).toContain('note: the public URL changes nothing: Stripe does not sign the address of the receiver.');
  expect((await inProject(argv)).stderr).not.toContain('public URL');
  const [one, other] = server.requests;
  expect(one!.body.equals(other!.body)).toBe(true);
  expect(one!.header('Stripe-Signature')).toBe(other!.header('Stripe-Signature'));
});

it('sign and verify take the address word for word', async () => {
  const cwd = projectFolder({}, { 'body.txt': 'A=1&B=2' });
  const signed = async (url: string) => (await cli(['sign', 'twilio', 'body.txt', '--url', url], { cwd })).stdout;
  // printf %s 'https://Shop.example.com/hooks?tenant=a%20bA1B2' | openssl dgst -sha1 -hmac twilio-sample-auth-token -binary | base64
  expect(await signed(PUBLIC_URL)).toContain(`X-Twilio-Signature: ${SIGNED}\n`);
  const verified = (url: string) =>
    cli(['verify', 'twilio', '--body', 'body.txt', '-H', `X-Twilio-Signature: ${SIGNED}`, '--url', url], { cwd });
  expect((await verified(PUBLIC_URL)).exitCode).toBe(0);
  expect((await verified('https://shop.example.com/hooks?tenant=a%20b')).exitCode).toBe(1);
});
