import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { loggedProject } from './project.js';

const config = 'secrets:\n  stripe: env:SIGNING\n';
const env = { SIGNING: 'whsec_a_secret_of_a_test' };

describe('the delivery log', () => {
  it('keeps what a check sends by its cases; a list and last pass over them', async () => {
    const server = await captureServer();
    const { run: plain, kept } = loggedProject({ 'webhook-sim.config.yaml': config });
    const run = (argv: readonly string[]) => plain(argv, { env });
    await run(['send', 'stripe', 'charge.failed', '--to', server.url]);
    await run([
      'check',
      'stripe',
      'charge.failed',
      '--to',
      server.url,
      '--only',
      'wrong-secret',
      '--only',
      'no-signature',
    ]);

    expect((await kept()).map(({ command, purpose }) => [command, purpose])).toEqual([['send', 'event']]);
    const listed = await run(['log', '--json', '--limit', '1000', '--search', 'command:check']);
    expect(listed.json.length).toBe(4);
    const names = listed.json.map(({ caseName }) => caseName);
    expect(names).toContain('wrong-secret');
    expect(new Set(listed.json.map(({ run: id }) => id)).size).toBe(1);
    expect(new Set(listed.json.map(({ purpose }) => purpose))).toEqual(new Set(['check']));
    expect(JSON.stringify(listed.json)).not.toContain('whsec_a_secret_of_a_test');
    expect((await run(['log', '--json', '--search', 'case:wrong-secret'])).json[0]).toMatchObject({
      forge: 'wrong-secret',
      // The receiver takes all, also what is forged.
      outcome: 'accepted',
      ok: false,
    });
    expect((await run(['log'])).stderr).toContain('webhook-sim log --search command:check');
    // What a check forged is not what somebody wants to have again.
    const [last] = (await run(['log', 'last', '--json'])).json;
    expect(last).toMatchObject({ command: 'send', event: 'charge.failed' });
    const before = server.requests.length;
    await run(['resend']);
    expect(server.requests).toHaveLength(before + 1);
    expect((await kept()).at(-1)).toMatchObject({ command: 'resend', resendOf: last.key });
  });

  it('keeps large bodies of a check as their hash, so that what people sent is not pushed out', async () => {
    const server = await captureServer();
    const { run, texts } = loggedProject();
    await run(['check', 'scalev', '--to', server.url, '--only', 'plain', '--only', 'deep-nesting']);
    const { json } = await run(['log', '--json', '--limit', '1000', '--search', 'command:check']);
    const large = json.filter(({ request }) => request.bytes > 16_384);
    expect(large.map(({ caseName }) => caseName)).toEqual(['deep-nesting']);
    for (const { request } of large) {
      expect(request).toMatchObject({ body: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
    expect(json.find(({ caseName }) => caseName === 'plain').request.body).toContain('order.created');
    expect(texts().length).toBeLessThan(40_000);
  });

  it('keeps handshakes, and a load as one line that no list of deliveries has', async () => {
    const server = await captureServer();
    const { run, kept, texts } = loggedProject();
    await run(['handshake', 'slack', '--to', server.url]);
    await run([
      'load',
      'stripe',
      'charge.failed',
      '--rate',
      '50/s',
      '--for',
      '1s',
      '--to',
      `${server.url}?token=s3cr3t`,
    ]);

    expect((await kept()).map(({ command, purpose, event }) => [command, purpose, event])).toEqual([
      ['handshake', 'handshake', 'url_verification'],
    ]);
    const lines = texts().match(/^\{.*"type":"load".*$/gm) ?? [];
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      command: 'load',
      names: ['stripe charge.failed'],
      provider: 'stripe',
    });
    expect(lines[0]).not.toContain('s3cr3t');
    expect((await run(['log'])).stderr).not.toContain('torn');
  });

  it('keeps nothing of them with --no-log', async () => {
    const server = await captureServer();
    const { run, texts } = loggedProject();
    await run(['check', 'stripe', '--only', 'wrong-secret', '--no-log', '--to', server.url]);
    await run(['handshake', 'slack', '--no-log', '--to', server.url]);
    await run(['load', 'stripe', '--rate', '10/s', '--for', '1s', '--no-log', '--to', server.url]);
    expect(texts()).toBe('');
  });

  it('names the cases of suites, all of one run, and passes over their checks where all that failed is sent again', async () => {
    const server = await captureServer();
    const suite = [
      `target: ${server.url}`,
      'cases:',
      '  - { name: pays, send: stripe charge.succeeded, expect: 500 }',
      '  - { name: attacks, check: stripe, only: wrong-secret }',
      '  - { name: greets, handshake: slack }',
      '  - { name: floods, load: stripe charge.failed, rate: 20/s, for: 1s }',
    ].join('\n');
    const { run, texts } = loggedProject({ 'a.webhooks.yaml': suite });
    await run(['run', 'a.webhooks.yaml']);
    const lines = (texts().match(/^\{.*"type":"(?:kept|load)".*$/gm) ?? []).map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ run: id, command }) => `${id} ${command}`)).size).toBe(1);
    expect(new Set(lines.map(({ caseName }) => caseName))).toEqual(
      new Set(['pays', 'plain', 'plain-again', 'wrong-secret', 'greets', 'floods']),
    );
    const before = server.requests.length;
    await run(['resend', '--failed']);
    expect(server.requests).toHaveLength(before + 1);
  });
});
