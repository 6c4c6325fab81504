import type { Attempt } from '../../src/core/attempt.js';
import type { Delivery } from '../../src/core/delivery.js';
import type { DeliveryEnded } from '../../src/core/run.js';
import type { ResultEnded, SuiteEnded } from '../../src/core/suite.js';

/** Parts of a suite's results, each right as it is and changed in what a test is about. */
export function aDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd-1',
    provider: 'scalev',
    event: 'order.created',
    variant: null,
    forge: null,
    method: 'POST',
    url: 'http://127.0.0.1:3000/hooks?shop=a%20b&shop=c',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Scalev-Hmac-Sha256', 'c2lnbmF0dXJl'],
    ],
    body: Buffer.from('{"total":1.10}'),
    framing: 'length',
    secretHeaders: [],
    secretParameters: [],
    ...change,
  };
}

export function anAttempt(change: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    scheduledAtMs: 0,
    startedAt: '2026-01-13T01:00:12.000Z',
    remoteAddress: '127.0.0.1:3000',
    status: 200,
    timing: {
      dnsMs: 0.5,
      connectMs: 1.25,
      tlsMs: 2,
      sendMs: 0.1,
      waitMs: 5,
      receiveMs: 1,
      totalMs: 10.1004,
      reused: false,
    },
    response: {
      headers: [['content-type', 'text/plain']],
      bytes: 2,
      body: Buffer.from('ok'),
      truncated: false,
    },
    error: null,
    ...change,
  };
}

/** An attempt that was never answered. */
export function anUnanswered(change: Partial<Attempt> = {}): Attempt {
  return anAttempt({
    remoteAddress: null,
    status: null,
    timing: {
      dnsMs: null,
      connectMs: 0.4,
      tlsMs: null,
      sendMs: null,
      waitMs: null,
      receiveMs: null,
      totalMs: 0.4,
      reused: false,
    },
    response: null,
    error: {
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      phase: 'connect',
      message: '127.0.0.1:3000 refused the connection',
    },
    ...change,
  });
}

export function anEnded(change: Partial<DeliveryEnded> = {}): DeliveryEnded {
  return {
    type: 'delivery',
    delivery: aDelivery(),
    attempts: [anAttempt()],
    outcome: 'accepted',
    ok: true,
    ...change,
  };
}

export function aResult(change: Partial<ResultEnded> = {}): ResultEnded {
  return {
    type: 'result',
    suite: 'smoke.webhooks.yaml',
    place: { line: 3, column: 5 },
    name: 'scalev order.created',
    kind: 'send',
    provider: 'scalev',
    event: 'order.created',
    variant: null,
    forge: null,
    status: 'passed',
    reason: null,
    failures: [],
    earlier: [],
    startedAt: '2026-01-13T01:00:12.000Z',
    durationMs: 12,
    deliveries: [anEnded()],
    check: null,
    log: null,
    ...change,
  };
}

export function aSummary(change: Partial<SuiteEnded> = {}): SuiteEnded {
  return {
    type: 'suite-summary',
    startedAt: '2026-01-13T01:00:12.000Z',
    durationMs: 1234,
    counts: { passed: 1, failed: 0, flaky: 0, skipped: 0 },
    run: {
      type: 'summary',
      sent: 1,
      accepted: 1,
      ok: 1,
      outcomes: { accepted: 1, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 },
      failed: { accepted: 0, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 },
      latencyMs: { min: 10.1, mean: 10.1, p50: 10.1, p95: 10.1, p99: 10.1, max: 10.1 },
      interrupted: false,
    },
    coverage: null,
    budgets: [],
    bailed: false,
    interrupted: false,
    ...change,
  };
}
