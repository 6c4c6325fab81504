import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadProvider } from '../../src/api/loadProvider.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import type { DeliveryEnded } from '../../src/core/run.js';
import { compileDelivery } from '../../src/delivery/compile.js';
import { eventRules } from '../../src/policy/rules.js';
import { planDeliveries } from '../../src/simulate/plan.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import { Transport } from '../../src/transport/transport.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { github } from '../providers/github.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { scripted } from './scripted.js';
import { virtualClock } from './virtualClock.js';

/** The requests of one delivery that fails twice, as a receiver got them, and how it ended. */
async function threeAttempts(provider: Provider) {
  const { url, requests } = await scripted(500, 500, 200);
  const clock = virtualClock(Date.parse('2026-03-04T05:00:00Z'));
  const make = compileDelivery({
    provider,
    event: provider.defaultEvent,
    variant: null,
    url,
    secrets: [{ value: provider.secret.sample, source: 'test', isSample: true }],
    headers: [],
  });
  const payload = { bytes: Buffer.from('{"type":"contact.created"}'), holes: [], eventTime: null };
  const rules = eventRules(provider, provider.events[provider.defaultEvent]);
  const deliveries = planDeliveries({
    events: [{ payload, identityGroup: undefined, make, rules }],
    count: 1,
    fresh: 'ids',
    random: seededRandom(1),
    now: clock.now,
  });
  const ended: DeliveryEnded[] = [];
  const ids = new Set<string>();
  for await (const event of sendPlanned({
    deliveries,
    transport: new Transport(),
    clock,
    concurrency: 1,
    timeLimitMs: null,
    expect: null,
    retry: { delaysMs: [60_000, 600_000], speed: 1, respectsDisabling: true },
  })) {
    if ('delivery' in event) ids.add(event.delivery.id);
    if (event.type === 'delivery') ended.push(event);
  }
  const header = (name: string) =>
    requests.map(({ headers }) => headers[headers.findIndex((each) => each.toLowerCase() === name) + 1]!);
  expect(ids.size).toBe(1);
  return { requests, header, ended };
}

describe('a retry', () => {
  it('keeps the id, and renews the time and with it the signature, where the policy says so', async () => {
    const { header, requests, ended } = await threeAttempts(standardWebhooks);
    expect(header('webhook-timestamp')).toEqual(['1772600400', '1772600460', '1772601060']);
    expect(new Set(header('webhook-id')).size).toBe(1);
    expect(new Set(header('webhook-signature')).size).toBe(3);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    const key = Buffer.from('c2FtcGxlLWtleQ==', 'base64');
    requests.forEach(({ body }, at) => {
      const content = `${header('webhook-id')[at]}.${header('webhook-timestamp')[at]}.${body}`;
      const signature = createHmac('sha256', key).update(content).digest('base64');
      expect(header('webhook-signature')[at]).toBe(`v1,${signature}`);
    });
    expect(ended).toMatchObject([{ outcome: 'accepted', attempts: [{ number: 1 }, { number: 2 }, { number: 3 }] }]);
  });

  it('tells which one it is and what came of the attempt before, and when the first one was sent', async () => {
    const provider: Provider = {
      ...standardWebhooks,
      headers: [
        ...standardWebhooks.headers,
        ['acme-first', '{first}'],
        ['acme-attempt', '{number}'],
        ['acme-retry', { value: '{retry}', on: 'retries' }],
        ['acme-reason', { value: 'HTTP: {reason}', on: 'retries' }],
      ],
      values: {
        ...standardWebhooks.values,
        first: { kind: 'time', format: 'iso-seconds', at: 'first attempt' },
        number: { kind: 'attempt' },
        retry: { kind: 'attempt', from: 0 },
        reason: { kind: 'outcome', rejected: 'refused', timed_out: 'late', broken: 'cut', unreachable: 'nobody' },
      },
    };
    const { header, requests } = await threeAttempts(provider);
    expect(header('acme-first')).toEqual(Array(3).fill('2026-03-04T05:00:00Z'));
    expect(header('webhook-timestamp')).toEqual(['1772600400', '1772600460', '1772601060']);
    expect(header('acme-attempt')).toEqual(['1', '2', '3']);
    expect(requests[0]!.headers.join()).not.toMatch(/acme-re/);
    expect(header('acme-retry').slice(1)).toEqual(['1', '2']);
    expect(header('acme-reason').slice(1)).toEqual(['HTTP: refused', 'HTTP: refused']);
  });

  it.each([
    ['rejected', 'http_error'],
    ['timed_out', 'http_timeout'],
    ['broken', 'unknown_error'],
    ['unreachable', 'connection_failed'],
  ] as const)('of Slack after an attempt that was %s says %s', async (after, reason) => {
    const slack = await loadProvider('slack');
    const secrets = [{ value: slack.secret.sample, source: 'test', isSample: true }];
    const source = { provider: slack, event: 'message', variant: null, url: 'http://localhost/', secrets, headers: [] };
    const make = compileDelivery(source);
    const moment = { now: 1_772_600_400_000, random: seededRandom(1), body: Buffer.from('{}') };
    const first = await make(moment);
    const retry = await make({ ...moment, again: first, attempt: { number: 2, after } });
    expect(first.headers.map(([name]) => name)).not.toContain('X-Slack-Retry-Num');
    expect(retry.headers.slice(-2)).toEqual([
      ['X-Slack-Retry-Num', '1'],
      ['X-Slack-Retry-Reason', reason],
    ]);
    expect(verifyReceived(slack, retry, [slack.secret.sample])).toEqual({ ok: true });
  });

  it('is the same to the byte, where nothing is renewed', async () => {
    const { requests, header } = await threeAttempts(github);
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map((request) => JSON.stringify(request))).size).toBe(1);
    expect(header('x-github-delivery')[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
});
