import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SuiteEnded, SuiteEvent } from '../../src/core/suite.js';
import { html } from '../../src/report/suite/html/html.js';
import { aDelivery, anAttempt, anEnded, anUnanswered, aResult, aSummary } from './suiteEvents.js';

function pageOf(...events: readonly SuiteEvent[]): string {
  let page = '';
  const reporter = html((piece) => {
    page += piece;
  });
  for (const event of events) reporter.event(event);
  return page;
}

const answering = (body: string | Uint8Array, headers: readonly (readonly [string, string])[] = []) =>
  anAttempt({ response: { headers, bytes: body.length, body: Buffer.from(body), truncated: false } });
const answered = (body: string | Uint8Array) =>
  pageOf(aResult({ deliveries: [anEnded({ attempts: [answering(body)] })] }), aSummary());

describe('the page', () => {
  it('allows nothing but its own style and script', () => {
    const page = pageOf(aResult(), aSummary());
    const hash = (tag: string) => {
      const [, text] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page)!;
      return `sha256-${createHash('sha256').update(text!).digest('base64')}`;
    };
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hash('style')}'; script-src '${hash('script')}'; base-uri 'none'; form-action 'none'">`,
    );
    expect(page).not.toMatch(/<[^>]* (style|on\w+|src|action)=/);
    expect([...page.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['#case-1']);
    expect(page).not.toMatch(/undefined|\[object|NaN/);
  });

  it('is written with the summary, in one piece that ends well', () => {
    const result = html(() => {
      throw new Error('too early');
    });
    result.event(aResult());
    expect(pageOf(aResult(), aSummary({ interrupted: true }))).toMatch(
      /^<!DOCTYPE html>\n<html lang="en">.*<\/html>\n$/s,
    );
  });

  it.each<[string, Partial<SuiteEnded>, string]>([
    ['all passed', { counts: { passed: 2, failed: 0, flaky: 0, skipped: 1 } }, '✓ All 2 cases passed'],
    ['one passed', {}, '✓ The case passed'],
    ['some failed', { counts: { passed: 2, failed: 1, flaky: 1, skipped: 1 } }, '✗ 1 of 4 cases failed'],
    ['a budget', { budgets: [{ name: 'b', ok: false, figure: '' }] }, '✗ All cases passed, but a budget was not kept'],
    ['interrupted', { interrupted: true }, '✗ Interrupted after 1 case'],
    [
      'bailed',
      { bailed: true, counts: { passed: 0, failed: 1, flaky: 0, skipped: 3 } },
      '✗ Stopped at a failure after 1 case',
    ],
    ['nothing', { counts: { passed: 0, failed: 0, flaky: 0, skipped: 2 } }, '✓ No case ran'],
  ])('says in its title what came of it: %s', (_, change, title) => {
    expect(pageOf(aSummary(change))).toContain(`<title>${title} · webhook-sim</title>`);
  });

  it('tells why cases failed, also at their earlier tries, and links to them', () => {
    const accepted = { expectation: 'accepted', message: 'not accepted: 500' };
    const status = { expectation: 'status', message: 'status is 200, expected 401' };
    const page = pageOf(
      aResult({ name: 'first', status: 'flaky', earlier: [[accepted]] }),
      aResult({ name: 'second', status: 'failed', failures: [status], earlier: [[accepted], [accepted]] }),
      aResult({ name: 'third', status: 'skipped', reason: 'left out after a failure (bail)', deliveries: [] }),
      aSummary({ counts: { passed: 0, failed: 1, flaky: 1, skipped: 1 } }),
    );
    expect(page).toContain('<p>Passed at try 2.</p><p>Try 1 failed:</p>');
    expect(page).toContain(
      '<li><a href="#case-2">second</a> <span class="quiet">status is 200, expected 401</span></li>',
    );
    expect(page).toContain('failed at tries 1 to 2 too');
    expect(page).toContain('<p class="quiet">left out after a failure (bail)</p>');
  });

  it('tells of budgets, coverage and the log of the receiver', () => {
    const page = pageOf(
      aResult({ log: 'listening\nGET <b>\u001b[31m\n' }),
      aSummary({
        budgets: [{ name: 'max-latency p95=500ms', ok: false, figure: '612 ms' }],
        coverage: [{ provider: 'scalev', exercised: ['order.created'], missing: ['order.deleted', 'order.updated'] }],
      }),
    );
    expect(page).toContain('</span> not kept</span></td><th scope="row"><code>max-latency p95=500ms</code></th>');
    expect(page).toContain('612 ms');
    expect(page).toContain('1 of 3 events exercised');
    expect(page).toContain('<li><code>order.deleted</code></li><li><code>order.updated</code></li>');
    expect(page).toContain('listening\nGET &lt;b&gt;\\x1b[31m</pre>');
  });

  it('tells of a delivery that was never answered', () => {
    const page = pageOf(
      aResult({ deliveries: [anEnded({ attempts: [anUnanswered()], outcome: 'unreachable', ok: false })] }),
      aSummary(),
    );
    expect(page).toContain('<strong>no answer</strong> after 0.4 ms');
    expect(page).toContain('<code>ECONNREFUSED</code> 127.0.0.1:3000 refused the connection');
  });

  it('tells all of a check: grade, findings, cases, what they sent', () => {
    const bad = anEnded({ delivery: aDelivery({ id: 'bad-one' }), ok: false });
    const one = {
      type: 'case',
      name: 'no-signature',
      class: 'must-reject',
      forge: 'no-signature',
      verdict: 'finding',
      leftOut: false,
      advisory: false,
      reason: 'answered 200',
      sent: 'without a signature',
      observed: '200 in 3 ms',
      why: 'Anybody can send it.',
      fix: 'Answer 401.',
      deliveries: [bad],
    } as const;
    const finding = {
      name: 'no-verification',
      title: 'Nothing is verified',
      why: 'W.',
      fix: 'F.',
      cases: ['no-signature'],
    };
    const summary = {
      type: 'check-summary',
      provider: 'scalev',
      event: 'order.created',
      url: '',
      grade: 'F',
      gradeReason: 'a forgery gets in',
      findings: [finding],
      remarks: [],
      counts: { passed: 0, finding: 1, remark: 0, not_judged: 0 },
      leftOut: 0,
      incomplete: null,
      reached: true,
      interrupted: false,
    } as const;
    const page = pageOf(aResult({ kind: 'check', deliveries: [bad], check: { cases: [one], summary } }), aSummary());
    expect(page).toContain('<span class="grade is-F">F</span> <strong>a forgery gets in</strong>');
    expect(page).toContain('<h3>Nothing is verified <code>no-verification</code></h3>');
    expect(page).toContain('<caption>Must be rejected with 4xx</caption>');
    expect(page).toContain('<td>without a signature</td><td>200 in 3 ms</td>');
    expect(page).toContain(
      '<p>answered 200</p><p>Anybody can send it.</p><p><strong>What to do:</strong> Answer 401.</p>',
    );
    expect(page).toContain('<code>bad-one</code>');
  });
});

describe('bodies and headers', () => {
  it('show no secret', () => {
    const headers = [['Authorization', 'Bearer very-secret']] as const;
    const delivery = aDelivery({ headers, secretHeaders: ['authorization'] });
    const page = pageOf(aResult({ deliveries: [anEnded({ delivery })] }), aSummary());
    expect(page).not.toContain('very-secret');
    expect(page).toMatch(/<th scope="row">Authorization<\/th><td>\(secret [0-9a-f]{8}\)<\/td>/);
  });

  it('lay JSON out and keep its numbers and texts as they are', () => {
    const page = answered('{"total":1.10,"big":12345678901234567890,"e":{},"l":[1,[]],"t":"a\\"{b}\\u00e9"}');
    expect(page).toContain(
      [
        '<pre tabindex="0">\n{',
        '  &quot;total&quot;: 1.10,',
        '  &quot;big&quot;: 12345678901234567890,',
        '  &quot;e&quot;: {},',
        '  &quot;l&quot;: [',
        '    1,',
        '    []',
        '  ],',
        '  &quot;t&quot;: &quot;a\\&quot;{b}\\u00e9&quot;',
        '}</pre>',
      ].join('\n'),
    );
  });

  it.each([
    ['what only looks like JSON', '[2026-01-13] started,ok', '\n[2026-01-13] started,ok</pre>'],
    ['lines and tabs', 'a\r\n\tb', '\na\n\tb</pre>'],
    ['a first empty line', '\nb', '\n\nb</pre>'],
    [
      'bytes that are no text',
      Buffer.from([0xff, 0x00, 0x41]),
      '\n0000  ff 00 41                                         ..A</pre>',
    ],
    ['a NUL', 'A\0', '\n0000  41 00                                            A.</pre>'],
  ])('show %s as it is', (_, body, shown) => {
    expect(answered(body)).toContain(shown);
  });

  it('do not grow with what a receiver answers', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const plain = answered('ok').length;
    for (const body of [deep, 'x'.repeat(60_000), '<'.repeat(60_000), '"\n'.repeat(30_000)]) {
      const page = answered(body);
      expect(page.length - plain).toBeLessThan(120_000);
      expect(page).toContain('only the beginning is shown');
    }
    const headers = Array.from({ length: 500 }, (_, i) => [`X-${i}`, 'v'.repeat(5000)] as const);
    const page = pageOf(aResult({ deliveries: [anEnded({ attempts: [answering('ok', headers)] })] }), aSummary());
    expect(page.length - plain).toBeLessThan(150_000);
    expect(page).toContain('and 440 more headers');
  });
});

describe('a large run', () => {
  it('has the details of all that failed and of the first 500 others, and says so', () => {
    const named = (id: string, ok: boolean) => anEnded({ delivery: aDelivery({ id }), ok });
    const results = Array.from({ length: 600 }, (_, i) => aResult({ deliveries: [named(`good-${i}.`, true)] }));
    const failed = Array.from({ length: 20 }, (_, i) =>
      aResult({ status: 'failed', deliveries: [named(`bad-${i}.`, false)] }),
    );
    const page = pageOf(...results, ...failed, aSummary());
    expect(page.match(/<tbody id="case-/g)).toHaveLength(620);
    expect(page.match(/<code>good-\d+\.<\/code>/g)).toHaveLength(500);
    expect(page.match(/<code>bad-\d+\.<\/code>/g)).toHaveLength(20);
    expect(page).toContain('Left out: request and answer of 100 deliveries.');
    expect(page).toContain('Shown: 0 of 1 deliveries.');
    expect(page).toContain('Left out: 120 later attempts.');
  });

  it('tells how many more deliveries a case had', () => {
    const page = pageOf(aResult({ deliveries: [anEnded(), anEnded()], more: 7000 }), aSummary());
    expect(page).toContain('7,002 deliveries');
    expect(page).toContain('Shown: 2 of 7,002 deliveries.');
  });
});

describe('hostile text', () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror="alert(1)">' \u202e\u2028\u200b`;
  const shown =
    '&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39; \\u{202e}\\u{2028}\\u{200b}';

  it('is shown as it is wherever it comes from', () => {
    const attempt = answering(evil, [[evil, evil]]);
    const page = pageOf(
      aResult({
        suite: evil,
        name: evil,
        event: evil,
        status: 'failed',
        failures: [{ expectation: evil, message: evil }],
        earlier: [[{ expectation: 'body', message: evil }]],
        log: evil,
        deliveries: [anEnded({ attempts: [attempt], delivery: aDelivery({ body: Buffer.from(evil), event: evil }) })],
      }),
      aSummary({
        coverage: [{ provider: evil, exercised: [evil], missing: [evil] }],
        budgets: [{ name: evil, ok: false, figure: evil }],
      }),
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img|\u202e|\u2028|\u200b/);
    expect(page.split(shown).length - 1).toBeGreaterThanOrEqual(18);
  });
});
