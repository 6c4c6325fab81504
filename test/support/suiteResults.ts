import type { Attempt } from '../../src/core/attempt.js';
import type { CaseEnded, CheckEnded, Finding } from '../../src/core/check.js';
import type { DeliveryEnded } from '../../src/core/run.js';
import type { ResultEnded, SuiteEnded, SuiteEvent } from '../../src/core/suite.js';
import type { Reporter, Writer } from '../../src/report/shared/reporter.js';
import { someDelivery } from './delivery.js';

/** Text in which every format of a report has something that it could take for its own. */
export const hostile =
  '<b a="1">&amp;\'</b>]]> \u0000\u001b[31m \u202e\ud800\ufffe # \\ | `c` *s* [x](http://e.example) www.e.example @octocat a@e.example %0A ::error::x [[ATTACHMENT|/etc/passwd]] {0}\n  ...\r\nnot ok 9 - x\n::error::y';

/** The text as a person sees it, in one line. */
export const hostileShown =
  '<b a="1">&amp;\'</b>]]> \\x00\\x1b[31m \\u{202e}\\u{d800}\\u{fffe} # \\ | `c` *s* [x](http://e.example) www.e.example @octocat a@e.example %0A ::error::x [[ATTACHMENT|/etc/passwd]] {0}\\n  ...\\r\\nnot ok 9 - x\\n::error::y';

/** An attempt that was answered after 12.3 milliseconds. */
export function attempt(status: number | null, body: string | Uint8Array = '', given: Partial<Attempt> = {}): Attempt {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return {
    number: 1,
    scheduledAtMs: 0,
    startedAt: '2026-03-01T10:00:00.000Z',
    remoteAddress: '127.0.0.1:3000',
    status,
    timing: {
      dnsMs: null,
      connectMs: 1.2,
      tlsMs: null,
      sendMs: null,
      waitMs: 10,
      receiveMs: null,
      totalMs: 12.3,
      reused: false,
    },
    response: status === null ? null : { headers: [], bytes: bytes.length, body: bytes, truncated: false },
    error: null,
    ...given,
  };
}

/** A delivery that ended with an attempt. */
export function ended(last: Attempt, given: Partial<DeliveryEnded> = {}): DeliveryEnded {
  const ok = last.status !== null && last.status < 300;
  return {
    type: 'delivery',
    delivery: someDelivery('http://127.0.0.1:3000/hook'),
    attempts: [last],
    outcome: ok ? 'accepted' : last.status === null ? 'unreachable' : 'rejected',
    ok,
    ...given,
  };
}

/** A case that passed, but for what is given. */
export function result(given: Partial<ResultEnded> = {}): ResultEnded {
  return {
    type: 'result',
    suite: 'smoke.webhooks.yaml',
    place: { line: 4, column: 5 },
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
    startedAt: '2026-03-01T10:00:00.000Z',
    durationMs: 12.3,
    deliveries: [ended(attempt(200, 'ok'))],
    check: null,
    log: null,
    ...given,
  };
}

/** A case of a check that passed, but for what is given. */
export function checkCase(given: Partial<CaseEnded> = {}): CaseEnded {
  return {
    type: 'case',
    name: 'genuine',
    class: 'must-accept',
    forge: null,
    verdict: 'passed',
    leftOut: false,
    advisory: false,
    reason: 'accepted with 200',
    sent: 'a genuine delivery',
    observed: '200',
    why: '',
    fix: '',
    deliveries: [ended(attempt(200))],
    ...given,
  };
}

const letIn: Partial<CaseEnded> = {
  class: 'must-reject',
  verdict: 'finding',
  reason: 'accepted with 200',
  deliveries: [ended(attempt(200), { ok: false })],
};

const findings: readonly Finding[] = [
  {
    name: 'no-verification',
    title: 'Everything is accepted: no signature is verified',
    why: 'Anybody who knows the address can send events.',
    fix: 'Verify X-Signature before anything else.',
    cases: ['no-signature', 'wrong-secret'],
  },
  {
    name: 'slow',
    title: 'The answer comes late',
    why: 'The provider waits for it.',
    fix: 'Answer first, work later.',
    cases: ['plain'],
  },
];

/** A check that found two findings: one that lets anybody in, and one that is only a warning. */
export const failedCheck: ResultEnded = result({
  place: { line: 9, column: 5 },
  name: 'check scalev',
  kind: 'check',
  status: 'failed',
  failures: [{ expectation: 'finding', message: 'no-verification: Everything is accepted: no signature is verified' }],
  durationMs: 2400,
  check: {
    cases: [
      checkCase({ name: 'plain', verdict: 'remark', reason: 'answered after 1.2 s' }),
      checkCase({ ...letIn, name: 'no-signature', forge: 'no-signature', sent: 'without a signature' }),
      checkCase({ ...letIn, name: 'wrong-secret', forge: 'wrong-secret', sent: 'signed with another secret' }),
    ],
    summary: {
      type: 'check-summary',
      provider: 'scalev',
      event: 'order.created',
      url: 'http://127.0.0.1:3000/hook',
      grade: 'F',
      gradeReason: 'a forgery that anybody can make is accepted',
      findings: findings.slice(0, 1),
      remarks: findings.slice(1),
      counts: { passed: 0, finding: 2, remark: 1, not_judged: 0 },
      leftOut: 0,
      incomplete: null,
      reached: true,
      interrupted: false,
    } satisfies CheckEnded,
  },
});

/** A case that failed with an answer and a log of hostile text. */
export const failed: ResultEnded = result({
  place: { line: 5, column: 5 },
  name: 'bharatcart order.placed',
  provider: 'bharatcart',
  event: 'order.placed',
  status: 'failed',
  failures: [
    { expectation: 'status', message: 'status is 500, expected 2xx' },
    { expectation: 'body', message: `body is ${hostile}` },
  ],
  deliveries: [ended(attempt(500, hostile))],
  log: `listening\n${hostile}\n`,
});

/** A case that passed when it was tried again. */
export const flaky: ResultEnded = result({
  name: 'covver order.created',
  provider: 'covver',
  status: 'flaky',
  earlier: [[{ expectation: 'status', message: 'status is 503, expected 2xx' }]],
  deliveries: [ended(attempt(503, 'busy')), ended(attempt(200))],
});

/** A forgery that was accepted. */
export const acceptedForgery: ResultEnded = result({
  name: 'scalev order.created wrong-secret',
  forge: 'wrong-secret',
  status: 'failed',
  failures: [{ expectation: 'status', message: 'status is 200, expected 401' }],
  deliveries: [ended(attempt(200), { ok: false })],
});

/** A case that reached nothing, at two tries; its suite is one of a config, without a place. */
export const unreached: ResultEnded = result({
  suite: 'nightly',
  place: null,
  provider: null,
  event: null,
  kind: 'flow',
  name: 'order and refund',
  status: 'failed',
  failures: [{ expectation: 'outcome', message: 'unreachable (ECONNREFUSED), expected an answer' }],
  earlier: [[{ expectation: 'outcome', message: 'unreachable (ECONNRESET), expected an answer' }]],
  deliveries: [
    ended(
      attempt(null, '', {
        error: { kind: 'unreachable', code: 'ECONNREFUSED', phase: 'connect', message: 'Nothing listens there.' },
      }),
    ),
  ],
});

/** A case that was left out for a hostile reason. */
export const skipped: ResultEnded = result({
  name: hostile,
  status: 'skipped',
  reason: hostile,
  durationMs: 0,
  deliveries: [],
});

/** A case of every kind. */
export const allKinds: readonly ResultEnded[] = [
  result(),
  failed,
  flaky,
  acceptedForgery,
  failedCheck,
  skipped,
  unreached,
];

/** The summary of some results. */
export function summary(results: readonly ResultEnded[], given: Partial<SuiteEnded> = {}): SuiteEnded {
  const count = (status: ResultEnded['status']) => results.filter((each) => each.status === status).length;
  const none = { accepted: 0, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 };
  const sent = results.flatMap(({ deliveries }) => deliveries).length;
  return {
    type: 'suite-summary',
    startedAt: '2026-03-01T10:00:00.000Z',
    durationMs: 3000,
    counts: { passed: count('passed'), failed: count('failed'), flaky: count('flaky'), skipped: count('skipped') },
    run: {
      type: 'summary',
      sent,
      accepted: sent,
      ok: sent,
      outcomes: none,
      failed: none,
      latencyMs: null,
      interrupted: false,
    },
    coverage: null,
    budgets: [],
    bailed: false,
    interrupted: false,
    ...given,
  };
}

/** Budgets and coverage of which a part was not kept. */
export const missed: Partial<SuiteEnded> = {
  budgets: [
    { name: 'max-latency p95=500ms', ok: false, figure: '612ms' },
    { name: 'min-accepted 90%', ok: true, figure: '98.7 % (77 of 78)' },
  ],
  coverage: [{ provider: 'scalev', exercised: ['order.created'], missing: ['order.updated', 'order.deleted'] }],
};

/** Returns the output of a reporter for some results and their summary. */
export function reported(
  open: (write: Writer) => Reporter,
  results: readonly ResultEnded[],
  given: Partial<SuiteEnded> = {},
): string {
  let text = '';
  const reporter = open((part) => {
    text += part;
  });
  const events: SuiteEvent[] = [...results, summary(results, given)];
  for (const event of events) reporter.event(event);
  return text;
}

/** Returns the path of a suite of these results in its repository. */
export function fileOf(suite: string): string | null {
  return suite.endsWith('.yaml') ? `ci/${suite}` : null;
}
