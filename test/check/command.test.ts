import { describe, expect, it } from 'vitest';
import { forgeries } from '../../src/forge/forgeries.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { scalev } from '../support/providers.js';
import { freePort } from '../support/rude.js';
import { checked } from './checked.js';
import { correct, receiver, secret } from './receiver.js';

describe('exit codes', () => {
  it('0 for the built-in receiver, and a word that nothing of the user’s was tested', async () => {
    const { exitCode, stdout, stderr } = await cli(['check', 'scalev']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Grade A: no findings');
    expect(stderr).toContain('Nothing of yours was tested');
  });

  it('1 where the plain event is rejected: one finding, and a hint', async () => {
    const { exitCode, named, stderr, summary } = await checked(await receiver(() => 404));
    expect([exitCode, named('finding'), named('passed')]).toEqual([1, ['plain'], []]);
    expect(stderr).toContain("hint: /hooks may not be the receiver's path");
    expect(summary.findings[0].fix).toContain('into its address');
  });

  // A busy machine that does not answer the plain event within the limit gets ten times as long in a second try.
  it('1 where cases time out', { retry: 1 }, async ({ task }) => {
    const limit = task.result?.retryCount ? '1s' : '100ms';
    const url = await receiver(async (received) => ((await correct(received)) === 401 ? null : correct(received)));
    const { exitCode, findings, summary, cases } = await checked(url, ['--timeout', limit, '--only', 'must-reject']);
    expect([exitCode, findings]).toEqual([1, []]);
    expect(summary.remarks.map(({ name }: { name: string }) => name)).toContain('forgeries-hang');
    expect(cases.find(({ name }) => name === 'wrong-secret')).toMatchObject({
      verdict: 'not_judged',
      observed: expect.stringMatching(/^nothing in ([1-9]\d\d ms|[\d.]+ s)$/),
    });
  });

  it.each([
    ['an unknown case', ['--only', 'tampred-body'], 'There is no case tampred-body. Did you mean tampered-body'],
    ['nothing left', ['--only', 'charset', '--skip', 'charset'], 'No case is left'],
    ['the plain event left out', ['--skip', 'plain'], 'can not be skipped'],
    ['a bad budget', ['--budget', 'long'], '--budget: "long" is not a duration'],
    ['another machine', ['--to', 'https://example.com/hooks'], 'add --allow-remote'],
    ['a bad secret', ['--secret', ''], 'is empty'],
  ])('2 for %s', async (_, flags, message) => {
    const server = await captureServer();
    const { exitCode, stderr } = await cli(['check', 'scalev', '--to', server.url, ...flags]);
    expect(stderr).toContain(message);
    expect([exitCode, server.requests.length]).toEqual([2, 0]);
  });

  it('3 where the receiver was never reached', async () => {
    const { exitCode, summary, named } = await checked(`http://127.0.0.1:${await freePort()}/`);
    expect([exitCode, named('finding'), summary.reached, summary.findings]).toEqual([3, ['plain'], false, []]);
  });

  it('130 after a partial summary where it is interrupted', async () => {
    const controller = new AbortController();
    const url = await receiver((received) => {
      controller.abort('SIGINT');
      return correct(received);
    });
    const { exitCode, summary } = await checked(url, [], { signal: controller.signal });
    expect([exitCode, summary.interrupted, summary.incomplete]).toEqual([130, true, 'interrupted']);
  });
});

describe('which cases', () => {
  it('--only sends these, between the plain event first and last', async () => {
    const { cases, summary } = await checked(await receiver(), ['--only', 'charset', '--only', 'no-signature']);
    expect(cases.map(({ name }) => name)).toEqual(['plain', 'charset', 'no-signature', 'plain-again']);
    expect([summary.grade, summary.gradeReason]).toEqual([null, 'only some cases were sent']);
  });

  it('--only cases that say nothing of the provider are no success', async () => {
    const url = await receiver(correct, 'bharatcart');
    const only = ['--only', 'stale-timestamp'];
    const { exitCode, summary, named } = await checked(url, only, { provider: 'bharatcart' });
    expect([exitCode, named('passed'), summary.grade]).toEqual([1, ['plain', 'plain-again'], null]);
    expect(summary.incomplete).toContain('nothing could be judged: for BharatCart it is no forgery');
  });

  it('--skip takes names and classes', async () => {
    const { cases, exitCode } = await checked(await receiver(), ['--skip', 'must-reject', '--skip', 'deep-nesting']);
    const names = cases.map(({ name }) => name);
    expect(names).not.toContain('no-signature');
    expect(names).not.toContain('deep-nesting');
    expect(names).toContain('charset');
    expect(exitCode).toBe(0);
  });

  it('--list sends nothing and says what is left out, and why', async () => {
    const { stdout, exitCode } = await cli(['check', 'bharatcart', '--list']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('left out: for BharatCart it is no forgery: it signs no timestamp');
    expect(stdout).toContain('left out: that is the secret that deliveries are signed with');
    const { json } = await cli(['check', 'scalev', '--list', '--json']).then(({ stdout }) => ({
      json: JSON.parse(stdout),
    }));
    const forges = json.cases.map(({ forge }: { forge: string | null }) => forge);
    expect(forgeries.map(({ name }) => name).filter((name) => !forges.includes(name))).toEqual([]);
    const names = json.cases.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('--all-events sends every event, and names those that are rejected', async () => {
    const url = await receiver((received) => (received.body.includes('"order.deleted"') ? 422 : correct(received)));
    const { cases, findings, named } = await checked(url, [
      '--all-events',
      '--skip',
      'must-reject',
      '--skip',
      'must-not-break',
    ]);
    const events = cases.map(({ name }) => name).filter((name) => name.startsWith('event:'));
    expect(events).toEqual(
      Object.keys(scalev.events).flatMap((event) => (event === scalev.defaultEvent ? [] : [`event:${event}`])),
    );
    expect([findings, named('finding')]).toEqual([['events-rejected'], ['event:order.deleted']]);
  });

  it('an event of the command, a variant, headers of the user', async () => {
    const server = await captureServer();
    await cli([
      ...['check', 'scalev', 'order.deleted', '--variant', 'legacy-2025', '-H', 'X-Own: 1', '--to', server.url],
      ...['--only', 'charset', '--secret', secret],
    ]);
    const [first, second] = server.requests;
    expect(JSON.parse(first!.body.toString()).event).toBe('order.deleted');
    expect(first!.header('X-Own')).toBe('1');
    expect(second!.header('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('the budget', () => {
  it('ends the check, which is then not safe', async () => {
    let asked = 0;
    // Time passes with each look at the clock.
    const clock = { now: () => Date.now() + 100 * asked++, sleep: async () => {} };
    const { exitCode, summary, named } = await checked(await receiver(), ['--budget', '20s'], { clock });
    expect([exitCode, summary.grade, summary.incomplete]).toEqual([1, null, 'the budget of 20 s is used up']);
    expect(named('finding')).toEqual([]);
    expect(named('passed')).toContain('plain');
  });
});

describe('a rate limit', () => {
  it('is told, and what met it is not judged', async () => {
    let count = 0;
    const url = await receiver((received) => (++count > 50 ? 429 : correct(received)));
    let skipped = 0;
    const clock = {
      now: () => Date.now() + skipped,
      sleep: async (ms: number) => {
        skipped += ms;
      },
    };
    const { exitCode, findings, summary } = await checked(url, [], { clock });
    expect([exitCode, findings, summary.grade]).toEqual([1, [], null]);
    expect(summary.remarks.map(({ name }: { name: string }) => name)).toEqual(['rate-limited']);
    expect(summary.incomplete).toContain('limits the rate');
  });
});

describe('reports', () => {
  it('one JSON line per case and a summary', async () => {
    const { cases, summary } = await checked(await receiver(), ['--only', 'tampered-body', '--only', 'same-twice']);
    const [plain, twice, tampered] = cases;
    expect(tampered).toMatchObject({
      schemaVersion: 1,
      type: 'case',
      name: 'tampered-body',
      class: 'must-reject',
      forge: 'tampered-body',
      verdict: 'passed',
      reason: 'rejected',
      sent: 'one byte of the body changed after signing',
    });
    expect(tampered.observed).toMatch(/^401 in /);
    expect(tampered.attempts[0]).toMatchObject({ number: 1, status: 401, error: null });
    expect(twice.attempts).toHaveLength(2);
    expect(twice.requests[0].sha256).toBe(twice.requests[1].sha256);
    expect(plain).toMatchObject({ forge: null, verdict: 'passed' });
    expect(summary).toMatchObject({
      schemaVersion: 1,
      type: 'check-summary',
      provider: 'scalev',
      event: 'order.created',
      findings: [],
      counts: { passed: 4, finding: 0, remark: 0, not_judged: 0 },
      leftOut: 0,
      remarks: [],
    });
  });

  it('a table that fits into 80 columns, without colour and without marks beyond ASCII', async () => {
    const url = await receiver(() => 200);
    const { stdout } = await cli(['check', 'scalev', '--to', url, '--secret', secret], { env: { LC_ALL: 'C' } });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^Must be accepted\n {2}ok {3}plain /);
    expect(stdout).toMatch(/^ {2}FAIL no-signature /m);
    expect(stdout).toContain('Finding: no-verification');
    expect(stdout).toContain('Grade F: a forgery that anybody can make is accepted');
    expect(stdout).not.toMatch(/[^\n\x20-\x7e]/);
  });

  it('the same bytes with --seed and --now', async () => {
    const bodies = async () => {
      const server = await captureServer();
      await cli([
        'check',
        'scalev',
        '--to',
        server.url,
        '--seed',
        '7',
        '--now',
        '2026-06-01T12:00:00Z',
        '--only',
        'must-not-break',
      ]);
      return server.requests.map(({ body }) => body.toString('base64'));
    };
    const first = await bodies();
    expect(first.length).toBeGreaterThan(15);
    expect(await bodies()).toEqual(first);
  });

  it('a secret in no output', async () => {
    for (const flags of [['--json'], ['-v', '--only', 'must-reject']]) {
      const { stdout, stderr } = await cli(['check', 'scalev', '--secret', secret, ...flags]);
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});
