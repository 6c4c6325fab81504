import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseFailureRule, readRetryAfter } from '../../src/core/failure.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { scripted } from './scripted.js';
import { virtualClock } from './virtualClock.js';

const acme = (retry: string, end: string) => `name: acme
headers: { X-Acme: '{signature}' }
signatures: { signature: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex } }
events: [thing.made]
policy:
  retry: { max: 2, delays: [1m, 10m]${end}${retry}
`;

/** A project whose provider has more said of its retries, within them or behind their `end`. */
const inProject = (more: string, end = '') =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: [./webhooks/acme]\n',
    'webhooks/acme/provider.yaml': acme(end === '' ? `${more} }` : more, end),
    'webhooks/acme/events/thing.made.json': '{"id":1}',
  });
const send = ['send', 'acme', 'thing.made', '--secret', 'mine', '--retry', '--json'];

/** A receiver that answers once with a status and a Retry-After, and accepts all that follows. */
async function busyOnce(status: number, retryAfter: string): Promise<string> {
  let count = 0;
  const server = createServer((incoming, response) => {
    incoming.resume();
    if (count++ === 0) response.writeHead(status, { 'Retry-After': retryAfter }).end();
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('a provider that retries some failures only', () => {
  it.each([
    [400, 1, 'not_retried'],
    [404, 1, 'not_retried'],
    [429, 3, undefined],
    [500, 3, undefined],
    [503, 3, undefined],
  ])('answers %d with %d attempts', async (status, attempts, stopReason) => {
    const { url, requests } = await scripted(status);
    const { json, stderr, exitCode } = await cli([...send, '--speed', 'instant', '--to', url], {
      cwd: inProject(", on: '5xx,429'"),
    });
    expect(requests).toHaveLength(attempts);
    expect(json[0].attempts).toHaveLength(attempts);
    expect([json[0].outcome, exitCode]).toEqual(['rejected', 1]);
    const words = 'Not tried again after 1 attempt: acme retries only 5xx, 429.';
    expect(stderr.includes(words)).toBe(stopReason !== undefined);
  });

  it('retries a closed connection only where its rule says so', async () => {
    for (const [on, count] of [
      ['5xx', 1],
      ['unreachable', 3],
    ] as const) {
      const { url, requests } = await scripted('drop');
      await cli([...send, '--speed', 'instant', '--to', url], { cwd: inProject(`, on: '${on}'`) });
      expect(requests, on).toHaveLength(count);
    }
  });

  it.each([
    ['{ max: 3, delays: [1m] }', 'has fewer delays than max'],
    ['{ max: 3000000000, delays: null }', 'max'],
  ])('is refused with %s', async (retry, words) => {
    const { url, requests } = await scripted(500);
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: [./webhooks/acme]\n',
      'webhooks/acme/provider.yaml': acme('', '').replace(/retry: .*/, `retry: ${retry}`),
      'webhooks/acme/events/thing.made.json': '{"id":1}',
    });
    const { stderr, exitCode } = await cli([...send.slice(0, -2), '--retry', '--to', url], { cwd });
    expect([exitCode, requests.length]).toEqual([2, 0]);
    expect(stderr).toContain(words);
  });

  it('waits at most a day where the provider does not document when', async () => {
    const { url } = await scripted(500);
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'providers: [./webhooks/acme]\n',
      'webhooks/acme/provider.yaml': acme('', '').replace(/retry: .*/, 'retry: { max: 20, delays: null }'),
      'webhooks/acme/events/thing.made.json': '{"id":1}',
    });
    const { json } = await cli([...send, '--speed', 'instant', '--to', url], { cwd });
    const times: number[] = json[0].attempts.map(({ scheduledAtMs }: { scheduledAtMs: number }) => scheduledAtMs);
    expect(times).toHaveLength(21);
    expect(times[20]! - times[19]!).toBe(86_400_000);
  });

  it('is refused with a rule that is none', async () => {
    const { url, requests } = await scripted(500);
    const { stderr, stdout, exitCode } = await cli(['send', 'acme', 'thing.made', '--secret', 'mine', '--to', url], {
      cwd: inProject(", on: 'sometimes'"),
    });
    expect([exitCode, stdout, requests.length]).toEqual([2, '', 0]);
    expect(stderr).toContain('must be statuses and outcomes such as 5xx,429,timed_out,broken,unreachable');
  });
});

describe('Retry-After', () => {
  it('is waited for where the provider does, on its own clock', async () => {
    const url = await busyOnce(429, '300');
    const { json } = await cli([...send, '--speed', '1x', '--to', url], {
      cwd: inProject(', obeysRetryAfter: true'),
      clock: virtualClock(),
    });
    expect(json[0].attempts.map(({ scheduledAtMs }: { scheduledAtMs: number }) => scheduledAtMs)).toEqual([0, 300_000]);
  });

  it.each(['Sat, 13 Sep 2757 00:00:00 GMT', '999999999'])('of years (%s) is waited for a day', async (after) => {
    const url = await busyOnce(503, after);
    const { json } = await cli([...send, '--speed', '1x', '--to', url], {
      cwd: inProject(', obeysRetryAfter: true'),
      clock: virtualClock(),
    });
    expect(json[0].attempts.map(({ scheduledAtMs }: { scheduledAtMs: number }) => scheduledAtMs)).toEqual([
      0, 86_400_000,
    ]);
  });

  it('never shortens a wait, and is nothing to others', async () => {
    for (const [retry, after] of [
      [', obeysRetryAfter: true', '5'],
      ['', '300'],
    ] as const) {
      const url = await busyOnce(503, after);
      const { json } = await cli([...send, '--speed', '1x', '--to', url], {
        cwd: inProject(retry),
        clock: virtualClock(),
      });
      expect(json[0].attempts.map(({ scheduledAtMs }: { scheduledAtMs: number }) => scheduledAtMs)).toEqual([
        0, 60_000,
      ]);
    }
  });

  it.each([
    ['120', 120_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 60_000],
    ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1e9', null],
  ])('of %s', (text, ms) => {
    const response = { headers: [['retry-after', text]] } as never;
    expect(readRetryAfter({ response }, Date.parse('2026-10-21T07:27:00Z'))).toBe(ms);
  });
});

describe('an endpoint that is disabled by one answer', () => {
  it('gets nothing more', async () => {
    const { url, requests } = await scripted(410);
    const { json, stderr } = await cli([...send, '--count', '3', '--speed', 'instant', '--to', url], {
      cwd: inProject("\n  disabling: { on: '410', counts: null, per: endpoint, by: disabling }", '}'),
    });
    expect(requests).toHaveLength(1);
    expect(stderr).toContain('acme would have disabled the endpoint: an answer of 410.');
    expect(json.at(-1)).toMatchObject({ sent: 1, withheld: 2, disabled: [{ onStatus: 410 }] });
  });
});

describe('a rule of failures', () => {
  it('takes statuses, classes and outcomes', () => {
    const rule = parseFailureRule('5xx, 429,timed_out', 'rule');
    expect([500, 503, 429, 400, 200].map((status) => rule({ status }, 'rejected'))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect((['timed_out', 'broken', 'unreachable'] as const).map((outcome) => rule({ status: null }, outcome))).toEqual(
      [true, false, false],
    );
  });

  it.each(['', '6xx', '99', 'timedout', 'accepted'])('is not "%s"', (text) => {
    expect(() => parseFailureRule(text, 'rule')).toThrow(/neither a status nor an outcome/);
  });
});
