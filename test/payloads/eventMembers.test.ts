import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const cwd = (more: Readonly<Record<string, string>> = {}) =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/bot/provider.yaml': `name: bot
headers: { Content-Type: application/json, X-Token: '{secret}', X-Kind: '{event}' }
eventAt: '*'
identities:
  - name: chat
    title: A chat
    events: [message, callback_query]
    ids: [{ kind: digits, path: update_id, deduplicates: true }]
    times: []
    eventTime: []
`,
    'webhooks/bot/events/message.json': '{ "update_id": 987654321, "message": { "text": "hi" } }',
    'webhooks/bot/events/callback_query.json':
      '{ "update_id": 987654321, "callback_query": { "message": { "text": "hi" } } }',
    'webhooks/deep/provider.yaml': `name: deep
headers: { Content-Type: application/json, X-Token: '{secret}' }
wire: { split: '.', body: [object, 'entry[0].changes.*'] }
events: [page.feed, page.likes, user.feed]
`,
    'webhooks/deep/events/page.feed.json': '{ "object": "page", "entry": [{ "changes": { "at": 1, "feed": {} } }] }',
    'webhooks/deep/events/page.likes.json': '{ "object": "page", "entry": [{ "changes": { "likes": {} } }] }',
    'webhooks/deep/events/user.feed.json': '{ "object": "user", "entry": [{ "changes": { "feed": {} } }] }',
    ...more,
  });
const token = ['--secret', 'token-of-the-bot'];

describe('an event that is the member which is there', () => {
  it('is told by a body of the user, also by one that was edited', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    const send = async (argv: readonly string[], stdin = '') =>
      (await cli(['send', ...argv, '--to', url, ...token, '--json'], { cwd: project, stdin })).json[0].event;
    expect(await send(['bot', 'message', '--data', '-'], '{"update_id":1,"callback_query":{"message":{}}}')).toBe(
      'callback_query',
    );
    expect(requests[0]!.header('x-kind')).toBe('callback_query');
    expect(await send(['bot', 'message', '--unset', 'message', '--set', 'callback_query:={}'])).toBe('callback_query');
    expect(
      await send(['deep', 'page.likes', '--data', '-'], '{"object":"user","entry":[{"changes":{"feed":{}}}]}'),
    ).toBe('user.feed');
    expect(await send(['deep', 'page.feed', '--set', 'object=user'])).toBe('user.feed');
  });

  it('is named by verify, and by the built-in receiver', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    for (const [name, event] of [
      ['bot', 'callback_query'],
      ['deep', 'page.likes'],
    ]) {
      await cli(['send', name!, event!, '--to', url, ...token], { cwd: project });
      const { head, body } = requests.at(-1)!;
      const { json } = await cli(['verify', name!, '-', ...token, '--json'], {
        cwd: project,
        stdin: `${head}\r\n\r\n${body}`,
      });
      expect(json[0]).toMatchObject({ genuine: true, event: { name: event, isKnown: true } });
    }
    const { exitCode } = await cli(['send', 'bot', '--all', '--to', 'demo'], { cwd: project });
    expect(exitCode).toBe(0);
  });

  it.each(['bot', 'deep'])('%s passes provider test and check', { timeout: 60_000 }, async (name) => {
    const project = cwd();
    const tested = await cli(['provider', 'test', name], { cwd: project });
    expect([tested.exitCode, tested.exitCode === 0 ? '' : tested.stdout]).toEqual([0, '']);
    const { exitCode, json } = await cli(['check', name, '--to', 'demo', '--json'], { cwd: project });
    expect([json.filter(({ verdict }) => verdict === 'finding'), exitCode]).toEqual([[], 0]);
  });

  it('is missing from a sample of another', async () => {
    const project = cwd({ 'webhooks/bot/events/message.json': '{ "update_id": 987654321, "edited": {} }' });
    const { exitCode, stdout } = await cli(['provider', 'test', 'bot'], { cwd: project });
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining('eventAt is *, and the body has no member "message"'),
    ]);
  });
});
