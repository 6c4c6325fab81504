import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { filesBelow, loggedProject } from './project.js';

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
    // Its end is a line behind those of its deliveries.
    const sent = listed.json.slice(0, -1);
    const end = listed.json.at(-1);
    expect(end).toMatchObject({
      type: 'ended',
      ...{ command: 'check', provider: 'stripe', names: ['charge.failed'], url: `${server.url}/` },
      ...{ verdict: 'failed', grade: 'F', counts: { finding: 2, passed: 2 }, exitCode: 1, interrupted: false },
    });
    expect(sent.length).toBe(4);
    expect(new Set(sent.map(({ run: id }) => id))).toEqual(new Set([end!.run]));
    const names = sent.map(({ caseName }) => caseName);
    expect(names).toContain('wrong-secret');
    expect(new Set(sent.map(({ run: id }) => id)).size).toBe(1);
    expect(new Set(sent.map(({ purpose }) => purpose))).toEqual(new Set(['check']));
    expect(JSON.stringify(sent)).not.toContain('whsec_a_secret_of_a_test');
    expect((await run(['log', '--json', '--search', 'case:wrong-secret'])).json[0]).toMatchObject({
      forge: 'wrong-secret',
      // The receiver takes all, also what is forged.
      outcome: 'accepted',
      ok: false,
    });
    const list = await run(['log']);
    expect(list.stderr).toContain('webhook-sim log --search command:check');
    expect(list.stdout).toMatch(
      /\n[0-9a-f]{8} \S+ \S+ \S+ check stripe charge\.failed grade F {2}2 passed, 2 findings, exit code 1, to 127\.0\.0\.1:\d+\/\n$/,
    );
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
    const lines = await run(['log', '--json', '--limit', '1000', '--search', 'command:check']);
    const json = lines.json.filter(({ type }) => type === 'kept');
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
    const { stdout, stderr } = await run(['log']);
    expect(stderr).not.toContain('torn');
    expect(stdout).toMatch(
      /^[0-9a-f]{8} \S+ \S+ \S+ load stripe charge\.failed (passed|failed|not judged) {2}\d+ sent, /m,
    );
    expect((await run(['log', '--json', '--search', 'command:load'])).json).toEqual([JSON.parse(lines[0]!)]);
    expect((await run(['log', '--json', '--outcome', 'accepted', '--event', 'charge*'])).json).toEqual([]);
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
    const ends = (texts().match(/^\{.*"type":"ended".*$/gm) ?? []).map((line) => JSON.parse(line));
    expect(ends).toEqual([
      expect.objectContaining({
        ...{ command: 'run', run: lines[0].run, provider: null, names: ['a.webhooks.yaml'], url: null, target: null },
        ...{ verdict: 'failed', grade: null, exitCode: 1, counts: expect.objectContaining({ skipped: 0 }) },
      }),
    ]);
    const before = server.requests.length;
    await run(['resend', '--failed']);
    expect(server.requests).toHaveLength(before + 1);
  });

  it('reads what an earlier version wrote, and passes over lines that it does not know', async () => {
    const server = await captureServer();
    const { run, state } = loggedProject();
    await run(['send', 'stripe', 'charge.failed', '--to', server.url]);
    const file = filesBelow(state).find((path) => path.endsWith('.jsonl'))!;
    const [line] = readFileSync(file, 'utf8').trim().split('\n');
    const { caseName: _, purpose: __, command: ___, ...earlier } = JSON.parse(line!);
    const later = { schemaVersion: 1, key: '0123456789ab', run: '0123456789ab', type: 'of a later version' };
    writeFileSync(
      file,
      `${JSON.stringify(earlier)}\n${JSON.stringify(later)}\n${JSON.stringify({ ...later, type: 'ended' })}\n`,
    );
    const { stdout, stderr } = await run(['log']);
    expect(stdout).toMatch(/^[0-9a-f]{8} .* 200 stripe charge\.failed .*\n$/);
    expect(stderr).toContain('2 lines of');
  });
});
