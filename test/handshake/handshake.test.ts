import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { valuesOf } from '../support/completion.js';
import { inProject, projectFolder, startReceiver } from './receivers.js';

const SECRET = 'slack-sample-secret';

describe('handshake', () => {
  it('is passed by a receiver that gives the challenge of Slack back', async () => {
    const url = await startReceiver('receiver.py', 'slack', { SECRET });
    const { exitCode, stdout } = await inProject(['handshake', 'slack', '--to', url]);
    expect(stdout).toMatch(
      /✓ 200 slack url_verification .* ms\n {2}The URL is verified.*\n {2}waits for 200 within 3 s, with/,
    );
    expect(exitCode).toBe(0);
  });

  it('is failed by one that does not, with exit code 1 and no control character', async () => {
    const url = await startReceiver('receiver.py', 'forgetful', { SECRET });
    const { exitCode, stdout } = await inProject(['handshake', 'slack', '--to', url]);
    expect(stdout).toMatch(/✗ 200 slack url_verification/);
    expect(stdout).toMatch(/\n {2}answer: \\x1b\[31mchallenge accepted\n/);
    expect(stdout).toMatch(/\n {2}The answer has to be the text \w{52}, or JSON with challenge: /);
    expect(stdout).not.toContain('\u001b[31mchallenge');
    expect(exitCode).toBe(1);
  });

  it('is told as JSON lines, with a summary last', async () => {
    const url = await startReceiver('receiver.mjs', 'careless', {});
    const { exitCode, json } = await inProject(['handshake', 'discord', '--to', url, '--json']);
    const wrong = 'The answer was 204; it has to be 401. The signature was deliberately invalid.';
    expect(json).toMatchObject([
      { schemaVersion: 1, type: 'handshake', event: 'PING', awaited: '204 within 3 s', ok: true, problem: null },
      { type: 'handshake', event: 'bad-signature', outcome: 'rejected', ok: false, problem: wrong },
      { type: 'summary', sent: 2, ok: 1 },
    ]);
    expect(exitCode).toBe(1);
  });

  it('ends with 3 where nobody is there, and with 4 where the time of the handshake runs out', async () => {
    const closed = await inProject(['handshake', 'slack', '--to', 'http://127.0.0.1:1']);
    expect(closed.exitCode).toBe(3);
    const silent = await captureServer('');
    const late = await inProject(['handshake', 'slack', '--to', silent.url, '--timeout', '100ms', '--json']);
    expect(late.json[0]).toMatchObject({ outcome: 'timed_out', ok: false });
    expect(late.exitCode).toBe(4);
  });

  it('sends those that are named, and rejects a name that there is not', async () => {
    const server = await captureServer('HTTP/1.1 204 -\r\n\r\n');
    expect((await inProject(['handshake', 'discord', 'PING', '--to', server.url])).exitCode).toBe(0);
    expect(server.requests).toHaveLength(1);
    const wrong = await inProject(['handshake', 'discord', 'PONG', '--to', server.url]);
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(wrong.stderr).toContain('Discord has no handshake PONG. Did you mean PING?');
    expect(server.requests).toHaveLength(1);
  });

  it('is only shown with --dry-run', async () => {
    const { exitCode, stdout } = await inProject(['handshake', 'slack', '--to', ':1', '--dry-run', '--seed', '7']);
    expect(stdout).toMatch(/^POST \/ HTTP\/1\.1\n[\s\S]*"type":"url_verification"/);
    expect(exitCode).toBe(0);
  });

  it.each(['slack', 'discord', 'aws-sns', 'line'])('of %s is answered by the built-in receiver', async (provider) => {
    const { exitCode, json } = await inProject(['handshake', provider, '--to', 'demo', '--json']);
    expect(json.at(-1).ok).toBe(json.length - 1);
    expect(exitCode).toBe(0);
  });

  it('completes names', async () => {
    expect(await valuesOf(['handshake', 'slack', ''], { cwd: projectFolder() })).toEqual(['url_verification']);
    expect(await valuesOf(['keys', 'discord', '--format', 'j'], { cwd: projectFolder() })).toEqual(['jwks', 'jwk']);
  });
});

describe('--handshake', () => {
  it.each([
    ['send', ['send', 'slack', 'message.channels']],
    ['check', ['check', 'slack']],
  ])('keeps %s from sending where it fails', async (_, argv) => {
    const server = await captureServer('HTTP/1.1 200 -\r\nContent-Length: 2\r\n\r\nno');
    const { exitCode, stderr, json } = await inProject([...argv, '--handshake', '--json', '--to', server.url]);
    expect(server.requests).toHaveLength(1);
    expect(json.map(({ type }) => type)).toEqual(['handshake', 'summary']);
    expect(stderr).toContain('Nothing more was sent');
    expect(exitCode).toBe(1);
  });

  it('goes before what is sent where it is passed', async () => {
    const url = await startReceiver('receiver.py', 'slack', { SECRET });
    const { exitCode, json } = await inProject([
      'send',
      'slack',
      'message.channels',
      '--handshake',
      '--json',
      '--to',
      url,
    ]);
    expect(json.map(({ type, event }) => event ?? type)).toEqual(['url_verification', 'message.channels', 'summary']);
    expect(exitCode).toBe(0);
  });

  it('goes before a flow of the config', async () => {
    const flows = { hello: { steps: [{ send: 'slack message.channels' }, { send: 'stripe customer.created' }] } };
    const { exitCode, json } = await inProject(['flow', 'hello', '--handshake', '--json', '--to', 'demo'], {
      flows,
    });
    expect(json[0]).toMatchObject({ type: 'handshake', event: 'url_verification', ok: true });
    expect(exitCode).toBe(0);
  });
});

it('a suite has handshakes as cases', async () => {
  const url = await startReceiver('receiver.mjs', 'careless', {});
  const suite = `target: ${url}\ndefaults: { expect: 204 }\ncases:\n  - handshake: discord\n  - send: discord ENTITLEMENT_CREATE\n`;
  const cwd = projectFolder({}, { 'a.webhooks.yaml': suite });
  const { exitCode, json } = await cli(['run', '--json'], { cwd });
  const results = json.filter(({ type }) => type === 'result');
  expect(results.map((each) => [each.case, each.kind, each.status])).toEqual([
    ['handshake discord PING', 'handshake', 'passed'],
    ['handshake discord bad-signature', 'handshake', 'failed'],
    ['send discord ENTITLEMENT_CREATE', 'send', 'passed'].map((text) => text.replace(/^send discord/, 'discord')),
  ]);
  expect(results[1].failures[0]).toMatchObject({
    expectation: 'handshake',
    message: expect.stringMatching(/has to be 401/),
  });
  expect(exitCode).toBe(1);
});
