import { expect, it, onTestFinished } from 'vitest';
import { openReceiver } from '../../src/receiver/receiver.js';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';

// Computed with: printf '%s' 'v0:1767225600:{"a":1}' | openssl dgst -sha256 -hmac vector
const signature = 'v0=34645d834cfc9fb494b4f7a51018276b624765fcf535fef12beedafa193b8c00';
const signedAt = 1_767_225_600_000;

const project = () => folderOf({});

it.each([
  ['right away', 0, 200, '{"received":true}'],
  ['after five minutes', 300_000, 200, '{"received":true}'],
  ['later', 301_000, 401, '{"error":"the time that was signed is 5 min 1 s ago, and 5 min are allowed"}'],
  ['too early', -3_600_000, 401, '{"error":"the time that was signed is 1 h from now, and 5 min are allowed"}'],
])('the built-in receiver knows what time it is: %s', async (_, afterMs, status, text) => {
  const provider = exampleProvider('slack');
  const receiver = await openReceiver({
    providers: [provider],
    secrets: () => ['vector'],
    now: () => signedAt + afterMs,
    onArrival: () => {},
  });
  onTestFinished(() => receiver.close());
  const answer = await fetch(receiver.url(provider), {
    method: 'POST',
    headers: { 'X-Slack-Request-Timestamp': '1767225600', 'X-Slack-Signature': signature },
    body: '{"a":1}',
  });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
});

it.each(['hubspot', 'linear', 'mailgun', 'plaid', 'slack', 'stripe'])(
  'the built-in receiver is safe for %s, which signs the time',
  async (name) => {
    const { json, exitCode } = await cli(
      ['check', name, '--to', 'demo', '--json', '--only', 'stale-timestamp', '--only', 'future-timestamp'],
      {
        cwd: project(),
      },
    );
    const rejected = json.filter(({ forge, verdict }) => forge === 'stale-timestamp' && verdict === 'passed');
    expect(rejected).toHaveLength(1);
    expect(json.at(-1).findings).toEqual([]);
    expect(exitCode).toBe(0);
  },
);
