import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { checked } from './checked.js';
import { equal, secret } from './receiver.js';

/** A right receiver, but that its refusals tell the signature that it would have accepted. */
async function tellsExpected(shown: (bytes: Buffer) => string): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const expected = createHmac('sha256', secret).update(body).digest();
    if (equal(request.headers['x-scalev-hmac-sha256'] as string, expected.toString('base64'))) response.end();
    else response.writeHead(401).end(`signature mismatch: want ${shown(expected)}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it.each<[string, (bytes: Buffer) => string]>([
  ['as Go prints them', (bytes) => `[${[...bytes].join(' ')}]`],
  ['as a JSON array', (bytes) => JSON.stringify([...bytes])],
  ['in hex with spaces', (bytes) => (bytes.toString('hex').match(/../g) ?? []).join(' ')],
])('bytes of the right signature in a refusal are a finding: %s', async (_, shown) => {
  const url = await tellsExpected(shown);
  const { named } = await checked(url, ['--only', 'no-signature', '--only', 'secret-in-answer']);
  expect(named('finding')).toEqual(['secret-in-answer']);
});
