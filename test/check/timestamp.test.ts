import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { casesFor } from '../../src/check/cases/cases.js';
import { prepareCase } from '../../src/check/cases/prepareCase.js';
import { runChecks } from '../../src/check/runChecks.js';
import type { CheckEnded } from '../../src/core/check.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { Transport } from '../../src/transport/transport.js';
import { scalev } from '../support/providers.js';
import { correct, equal, type Judge, receiver, secret } from './receiver.js';

/** Scalev's events in a scheme that signs the time, as Stripe's does. */
const timed: Provider = {
  ...scalev,
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Timed', 't={timestamp},v1={signature}'],
  ],
  values: { timestamp: { kind: 'time', format: 'unix-seconds' } },
  signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{timestamp}.{body}', encoding: 'hex' } },
};

/** Verifies that scheme, and the age as `isFresh` sees it. */
const timedReceiver =
  (isFresh: (seconds: number) => boolean): Judge =>
  ({ request, body }) => {
    if (request.method !== 'POST') return 405;
    const [, time = '', signature] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(String(request.headers['x-timed'])) ?? [];
    const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
    return equal(signature, expected) && isFresh(Date.now() / 1000 - Number(time)) ? 200 : 401;
  };

/** Returns the summary of a check of few cases, among them all about the time; or of all cases. */
async function summaryOf(judge: Judge, provider = timed, isWhole = false): Promise<CheckEnded> {
  const url = await receiver(judge);
  const source = {
    provider,
    event: timed.defaultEvent,
    variant: null,
    urlFor: () => url,
    secrets: [{ value: secret, source: 'test', isSample: false }],
    headers: [],
    secretNames: [],
    random: seededRandom(1),
    now: Date.now,
  };
  const cases = await Promise.all(
    casesFor(provider, timed.defaultEvent, false)
      .filter(
        ({ name }) => isWhole || /^(plain|no-signature|wrong-secret|tampered-body)|timestamp|freshness/.test(name),
      )
      .map((each) => prepareCase(each, source)),
  );
  const clock = { now: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
  const transport = new Transport();
  const { signal } = new AbortController();
  let summary: CheckEnded | undefined;
  const options = {
    source,
    cases,
    transport,
    clock,
    signal,
    url,
    isPartial: false,
    timeLimitMs: null,
    budgetMs: 30_000,
  };
  for await (const event of runChecks(options)) if (event.type === 'check-summary') summary = event;
  transport.close();
  return summary!;
}

it('a receiver that knows what time it is is safe', async () => {
  const { findings, grade, counts } = await summaryOf(
    timedReceiver((age) => Math.abs(age) < 300),
    timed,
    true,
  );
  expect([findings, grade, counts.finding]).toEqual([[], 'A', 0]);
});

it.each([
  ['any time', () => true, ['stale-timestamp-accepted'], ['future-timestamp-accepted'], 'D'],
  ['a time to come', (age: number) => age < 300, [], ['future-timestamp-accepted'], 'A'],
] as const)('a receiver that takes %s is told so', async (_, isFresh, faulty, remarked, wanted) => {
  const { findings, remarks, grade } = await summaryOf(timedReceiver(isFresh));
  expect([findings, remarks].map((list) => list.map(({ name }) => name))).toEqual([faulty, remarked]);
  expect(grade).toBe(wanted);
});

it('an old time is a remark where the verifier of the provider takes it, too', async () => {
  const provider = { ...timed, freshness: { checked: false } };
  const { findings, remarks, grade } = await summaryOf(
    timedReceiver(() => true),
    provider,
  );
  expect(findings).toEqual([]);
  expect(remarks.map(({ name }) => name).sort()).toEqual(['future-timestamp-accepted', 'stale-timestamp-accepted']);
  expect(grade).toBe('A');
});

it('a scheme without the signature in the header is rejected by all others', async () => {
  const { findings, grade } = await summaryOf(correct);
  expect([findings.map(({ name }) => name), grade]).toEqual([['never-accepted'], null]);
});

it('an hour is not too old where the documents say that two are fine', async () => {
  const lenient: Provider = { ...timed, freshness: { checked: true, toleranceSeconds: 7200, source: 'its documents' } };
  const upToTwoHours = timedReceiver((seconds) => seconds > -300 && seconds < 7200);
  expect((await summaryOf(upToTwoHours)).findings.map(({ name }) => name)).toContain('stale-timestamp-accepted');
  expect((await summaryOf(upToTwoHours, lenient)).findings).toEqual([]);
});
