import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { type Judged, judgingServer } from '../support/judgingServer.js';

const clientSecret = 'known-to-the-tests-alone';
const publicUrl = 'https://shop.example.com/hooks';

/** HubSpot's first version, a hash that tells no time. */
const isRightByV1 = ({ text, header }: Judged) =>
  header('x-hubspot-signature') ===
  createHash('sha256')
    .update(clientSecret + text)
    .digest('hex');

/** Its third, which signs the time, here without a look at it. */
const isRightByV3 = ({ text, header, incoming }: Judged) => {
  const signed = `${incoming.method}${publicUrl}${text}${header('x-hubspot-request-timestamp')}`;
  return header('x-hubspot-signature-v3') === createHmac('sha256', clientSecret).update(signed).digest('base64');
};

async function timesJudged(isRight: (request: Judged) => boolean) {
  const server = await judgingServer(async (request) => (isRight(request) ? null : 'rejected'));
  const cwd = folderOf({});
  const names = ['unsigned-timestamp', 'stale-timestamp', 'future-timestamp'];
  const { json } = await cli(
    [
      ...['check', 'hubspot', '--to', server.url, '--public-url', publicUrl, '--secret', clientSecret, '--json'],
      ...names.flatMap((name) => ['--only', name]),
    ],
    { cwd },
  );
  const ended = json.filter(({ type, name }) => type === 'case' && names.includes(name));
  return Object.fromEntries(ended.map(({ name, verdict }) => [name, verdict]));
}

it('who verifies the signature that tells no time can not look at it', async () => {
  expect(await timesJudged(isRightByV1)).toEqual({
    'unsigned-timestamp': 'remark',
    'stale-timestamp': 'remark',
    'future-timestamp': 'remark',
  });
});

it('who verifies the one that signs it has to', async () => {
  expect(await timesJudged(isRightByV3)).toEqual({
    'unsigned-timestamp': 'passed',
    'stale-timestamp': 'finding',
    'future-timestamp': 'remark',
  });
});
