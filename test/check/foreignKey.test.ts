import { createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer, get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { judgingServer } from '../support/judgingServer.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The certificate at an address: that of Amazon is known, any other is fetched as it is told. */
async function fetched(url: string): Promise<string> {
  if (new URL(url).hostname === 'sns.ap-southeast-1.amazonaws.com') return publicKey;
  const get = url.startsWith('https:') ? getHttps : getHttp;
  const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject));
  return text(response);
}

async function text(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const signed = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** A receiver for Amazon SNS as its documents show one, which takes the certificate from where `mayFetch` lets it. */
async function receiver(mayFetch: (url: string) => boolean): Promise<string> {
  const server = createServer(async (request, response) => {
    const answer = (status: number) => response.writeHead(status).end();
    const body = await text(request);
    if (request.method !== 'POST') return answer(405);
    try {
      const message = JSON.parse(body);
      const { SigningCertURL: url, Signature: signature } = message;
      if (!mayFetch(url)) return answer(401);
      const content = signed.flatMap((key) => (key in message ? [`${key}\n${message[key]}\n`] : [])).join('');
      const certificate = await fetched(url);
      return answer(createVerify('sha256').update(content).verify(certificate, signature, 'base64') ? 200 : 401);
    } catch {
      return answer(401);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sns`;
}

async function check(mayFetch: (url: string) => boolean) {
  const cwd = folderOf({});
  const to = await receiver(mayFetch);
  const argv = ['check', 'aws-sns', '--to', to, '--secret', privateKey, '--only', 'foreign-certificate', '--json'];
  const { exitCode, json, stderr } = await cli(argv, { cwd });
  const found = json.find(({ name }) => name === 'foreign-certificate');
  if (!found) throw new Error(stderr);
  const findings = json.at(-1).findings.map(({ name }: { name: string }) => name);
  return { exitCode, verdict: found.verdict, reason: found.reason, findings };
}

it.each([
  ['any address', () => true],
  ['any that holds the name of the host', (url: string) => url.includes('amazonaws.com')],
  ['any that ends as a certificate does', (url: string) => url.endsWith('.pem')],
])('a receiver that fetches the key from %s is found', async (_, mayFetch) => {
  expect(await check(mayFetch)).toEqual({
    exitCode: 1,
    verdict: 'finding',
    reason: 'accepted with 200; it fetched the key of the forger',
    findings: ['foreign-key-fetched'],
  });
});

it('a receiver that fetches the key over https only, from any host, is found by its asking', async () => {
  const { exitCode, verdict, findings } = await check((url) => url.startsWith('https:'));
  expect({ exitCode, verdict, findings }).toEqual({
    exitCode: 1,
    verdict: 'finding',
    findings: ['foreign-key-fetched'],
  });
});

it.each([
  ['the whole host', (url: string) => /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com\//.test(url)],
  ['the host of the parsed address', (url: string) => new URL(url).hostname.endsWith('.amazonaws.com')],
])('a receiver that looks at %s has no findings', async (_, mayFetch) => {
  expect(await check(mayFetch)).toEqual({ exitCode: 0, verdict: 'passed', reason: 'rejected', findings: [] });
});

const keyHeader = 'X-Cert-Url';
const ownKeyUrl = 'https://api.acme.example/certs/1.pem';

/** A provider that signs its body with a key pair, and names the address of its certificate in a header. */
const acme = {
  name: 'acme',
  headers: { 'Content-Type': 'application/json', [keyHeader]: ownKeyUrl, 'X-Signature': '{signature}' },
  signatures: {
    signature: { scheme: 'rsa', hash: 'sha256', padding: 'pkcs1', content: '{body}', encoding: 'base64' },
  },
  keyUrl: { header: keyHeader },
  events: ['paid'],
  samples: { paid: { id: 'pay_1' } },
};

it.each([
  ['any address', () => true, ['foreign-key-fetched']],
  ['its own alone', (url: string) => url === ownKeyUrl, []],
])(
  'a receiver that takes the key from %s in a header',
  async (_, mayFetch: (url: string) => boolean, findings) => {
    const server = await judgingServer(async ({ incoming, text: body, header }) => {
      const url = header(keyHeader.toLowerCase());
      if (incoming.method !== 'POST' || !mayFetch(url)) return 'rejected';
      try {
        const key = url === ownKeyUrl ? publicKey : await fetched(url);
        const isRight = createVerify('sha256').update(body).verify(key, header('x-signature'), 'base64');
        return isRight ? null : 'rejected';
      } catch {
        return 'rejected';
      }
    });
    const cwd = folderOf({ 'webhook-sim.config.json': JSON.stringify({ providers: [acme] }) });
    const argv = [
      'check',
      'acme',
      '--to',
      server.url,
      '--secret',
      privateKey,
      '--only',
      'foreign-certificate',
      '--json',
    ];
    const { json, stderr } = await cli(argv, { cwd });
    expect(
      json.at(-1)?.findings?.map(({ name }: { name: string }) => name),
      stderr,
    ).toEqual(findings);
  },
  60_000,
);
