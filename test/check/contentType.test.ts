import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';

/** The Content-Type of each request of a case, and why it was left out. */
async function sentFor(provider: string, name: string) {
  const cwd = folderOf({});
  const server = await captureServer();
  const secret = exampleProvider(provider).secret.sample;
  const argv = ['check', provider, '--to', server.url, '--secret', secret, '--only', name, '--json'];
  const { json } = await cli(argv, { cwd });
  const types = server.requests.map((request) => request.header('content-type'));
  const { reason } = json.find((line) => line.type === 'case' && line.name === name);
  return { types: [...new Set(types)], reason };
}

it.each([
  ['github', ['application/json', 'application/json; charset=utf-8']],
  ['standard-webhooks', ['application/json', 'application/json; charset=utf-8']],
])('%s: the charset is added to the media type of the provider', async (provider, expected) => {
  expect((await sentFor(provider, 'charset')).types).toEqual(expected);
});

it.each([
  ['twilio', 'charset', 'that is what Twilio sends anyway', 'application/x-www-form-urlencoded; charset=UTF-8'],
  ['stripe', 'charset', 'that is what Stripe sends anyway', 'application/json; charset=utf-8'],
  ['aws-sns', 'wrong-content-type', 'that is what Amazon SNS sends anyway', 'text/plain; charset=UTF-8'],
  ['aws-sns', 'unsigned-text', 'that is what Amazon SNS sends anyway', 'text/plain; charset=UTF-8'],
])('%s: %s says nothing, for the provider does so itself', async (provider, name, reason, type) => {
  expect(await sentFor(provider, name)).toEqual({ types: [type], reason });
});
