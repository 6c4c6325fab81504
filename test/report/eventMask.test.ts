import { describe, expect, it } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import { EventMask } from '../../src/report/shared/eventMask.js';
import { attempt, checkCase, ended, failedCheck, result, summary } from '../support/suiteResults.js';

const secret = 'CANARY-signing-key-7f3a';
/** A sentence that quotes the secret. */
const quote = `before ${secret} after`;

const leaking = ended(
  attempt(500, quote, {
    response: {
      headers: [
        ['X-Key', secret],
        ['Content-Encoding', secret],
      ],
      bytes: quote.length,
      body: Buffer.from(quote),
      truncated: false,
      contentEncoding: secret.toLowerCase(),
      decodedBytes: null,
      decodingProblem: quote,
    },
    error: { kind: 'broken', code: 'EBAD', phase: 'receive', message: quote },
    warnings: [{ code: 'STRAY_BYTES', message: quote }],
  }),
);
const finding = { name: 'finding', title: quote, why: quote, fix: quote, cases: ['plain'] };
const leakingCase = checkCase({
  reason: quote,
  sent: quote,
  observed: quote,
  why: quote,
  fix: quote,
  deliveries: [leaking],
});
const checkSummary = {
  ...failedCheck.check!.summary,
  url: `http://127.0.0.1/${secret}`,
  gradeReason: quote,
  incomplete: quote,
  findings: [finding],
  remarks: [finding],
};
const failures = [{ expectation: 'body', message: quote }];

/** An event of each kind, with the secret in every text that is not a name of ours. */
const events = {
  attempt: {
    type: 'attempt',
    delivery: leaking.delivery,
    attempt: leaking.attempts[0]!,
    outcome: 'broken',
    most: 2,
    nextAtMs: 5,
  },
  delivery: leaking,
  'delivery of a flow': { ...leaking, place: { flow: 'order', step: 1, copy: 1, offsetMs: 0 } },
  warning: { type: 'warning', code: 'STRAY_BYTES', id: 'd-1', message: quote },
  handshake: {
    type: 'handshake',
    handshake: { name: 'hello', title: quote, certainty: 'documented', source: 's', answer: { status: '2xx' } },
    awaited: quote,
    ended: leaking,
    problem: quote,
  },
  case: leakingCase,
  'check-summary': checkSummary,
  flow: { type: 'flow', name: 'order', title: quote, providers: ['scalev'], offsetsMs: [0] },
  stopped: { type: 'stopped', flow: 'order', step: 2, message: quote },
  state: { type: 'state', flow: 'order', json: JSON.stringify({ [secret]: quote }), problem: quote, failed: null },
  ordering: {
    type: 'ordering',
    flow: 'order',
    ordering: 'again',
    title: 'once more',
    sent: 1,
    accepted: 1,
    state: 'different',
    before: quote,
    seen: quote,
    differences: [{ path: quote, natural: quote, here: quote }],
    problem: quote,
  },
  orders: {
    type: 'orders',
    flow: 'order',
    ok: false,
    different: ['again'],
    ignored: [quote],
    problem: quote,
    run: summary([]).run,
    failedProbes: [],
  },
  result: result({
    name: quote,
    reason: quote,
    failures,
    earlier: [failures],
    deliveries: [leaking],
    check: { cases: [leakingCase], summary: checkSummary },
    log: quote,
  }),
  'suite-summary': {
    ...summary([]),
    budgets: [{ name: 'max-latency p95=1s', ok: true, figure: '1 ms' }],
    problem: { code: 'NOT_READY', message: quote, log: quote },
  },
  'provider-check': {
    type: 'provider-check',
    provider: 'acme',
    description: 'acme/provider.yaml',
    check: 'samples',
    title: 'the samples are JSON',
    verdict: 'fail',
    problems: [{ severity: 'failure', file: null, line: null, column: null, message: quote }],
  },
} as const;

/** All texts in a value, and the bytes in it as text. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

describe('the mask of events', () => {
  it.each(Object.entries(events))('leaves no secret in any text of: %s', (_, event) => {
    const mask = new EventMask(new SecretMask([secret]));
    expect(textsIn(event).join('\n')).toContain(secret);
    const texts = textsIn(mask.event(event)).filter((text) => text.toLowerCase().includes(secret.toLowerCase()));
    expect(texts).toEqual([]);
  });

  it('gives back what holds no secret as it is, and what it masks always as the same', () => {
    const mask = new EventMask(new SecretMask([secret]));
    const plain = ended(attempt(200, 'ok'));
    expect(mask.event(plain)).toBe(plain);
    expect(mask.event(leaking)).toBe(mask.event(leaking));
    const masked = mask.event(events.result);
    expect(masked).toMatchObject({ deliveries: [mask.delivery(leaking)] });
    expect((masked as typeof events.result).check!.cases[0]!.deliveries[0]).toBe(mask.delivery(leaking));
  });
});
