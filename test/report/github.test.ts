import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { githubAnnotations, githubSummary, markdownText } from '../../src/report/suite/githubSummary.js';
import { python } from '../support/python.js';
import {
  allKinds,
  attempt,
  ended,
  failed,
  failedCheck,
  fileOf,
  flaky,
  hostile,
  hostileShown,
  missed,
  reported,
  result,
  skipped,
  unreached,
} from '../support/suiteResults.js';

/** A line as the runner of GitHub Actions reads it (ActionCommand.cs): properties to the next `::`, then the data. */
function command(line: string) {
  const [, kind = '', properties = '', data = ''] = /^::([^ :]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  const decode = (text: string) =>
    text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const pairs = properties
    .split(',')
    .map((pair) => [pair.split('=', 1)[0]!, decode(pair.slice(pair.indexOf('=') + 1))]);
  return { kind, ...Object.fromEntries(pairs), message: decode(data) };
}

const annotated = (results: Parameters<typeof reported>[1], given?: Parameters<typeof reported>[2]) =>
  reported((write) => githubAnnotations(write, fileOf), results, given)
    .split('\n')
    .filter((line) => line !== '')
    .map(command);

describe('annotations of GitHub', () => {
  it('are these, byte for byte', () => {
    const wrong = result({
      name: 'a, b: 100%',
      status: 'failed',
      failures: [
        { expectation: 'status', message: 'status is 500, expected 2xx' },
        { expectation: 'body', message: 'body is 100%\r\n::error::x' },
      ],
      deliveries: [ended(attempt(500))],
    });
    expect(reported((write) => githubAnnotations(write, fileOf), [wrong, result(), skipped, flaky], missed)).toBe(
      [
        '::error file=ci/smoke.webhooks.yaml,line=4,col=5,title=smoke.webhooks.yaml%3A a%2C b%3A 100%25::status: status is 500, expected 2xx%0Abody: body is 100%25\\r\\n::error::x%0APOST http://127.0.0.1:3000/hook: 500 in 12.3 ms (connect 1.2 ms, wait 10 ms)',
        '::warning file=ci/smoke.webhooks.yaml,line=4,col=5,title=smoke.webhooks.yaml%3A covver order.created::Passed at try 2.%0Atry 1: status: status is 503, expected 2xx',
        '::error title=webhook-sim%3A budget not kept::max-latency p95=500ms: 612ms',
        '',
      ].join('\n'),
    );
  });

  it('come as the cases end', () => {
    const parts: string[] = [];
    githubAnnotations((text) => parts.push(text), fileOf).event(failed);
    expect(parts).toHaveLength(1);
  });

  it('name no place for a suite that is not a file, nor a line where none is known', () => {
    expect(annotated([unreached])).toEqual([
      {
        kind: 'error',
        title: 'nightly: order and refund',
        message: expect.stringContaining('outcome: unreachable (ECONNREFUSED)'),
      },
    ]);
    expect(Object.keys(annotated([{ ...failed, place: null }])[0]!)).toEqual(['kind', 'file', 'title', 'message']);
  });

  it('are as many as GitHub shows, and the last counts the rest', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ ...failed, name: `case ${at + 1}` }));
    expect(annotated(many(10)).map(({ title }) => title)).toEqual(
      Array.from({ length: 10 }, (_, at) => `smoke.webhooks.yaml: case ${at + 1}`),
    );
    const eleven = annotated([...many(11), flaky]);
    expect(eleven.filter(({ kind }) => kind === 'error')).toHaveLength(10);
    expect(eleven.filter(({ kind }) => kind === 'warning')).toHaveLength(1);
    expect(eleven.at(-1)).toEqual({
      kind: 'error',
      title: 'webhook-sim',
      message: '2 more failures: they are in the log and in the summary of the job.',
    });
    const flakies = annotated(Array.from({ length: 25 }, () => flaky));
    expect(flakies).toHaveLength(10);
    expect(flakies.at(-1)!.message).toMatch(/^16 more warnings: /);
    expect(annotated(many(400), { ...missed, interrupted: true })).toHaveLength(10);
  });

  it('tell of an interruption, and are none where all is well', () => {
    expect(annotated([result(), skipped], { interrupted: true })).toEqual([
      { kind: 'error', title: 'webhook-sim', message: 'The run was interrupted.' },
    ]);
    expect(annotated([result(), skipped])).toEqual([]);
    expect(annotated([])).toEqual([]);
    const budgets = [{ name: hostile, ok: false, figure: '0 %' }];
    expect(annotated([], { budgets })[0]!.message).toBe(`${hostileShown}: 0 %`);
  });

  it('are one command a line whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'%:,=\r\n \u2028\u0085', '::', '::error::', '%0A', 'a'), maxLength: 20 }),
      fc.constant(hostile),
    );
    fc.assert(
      fc.property(texts, texts, (name, message) => {
        const found = annotated([{ ...failed, name, failures: [{ expectation: 'body', message }] }]);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatchObject({ kind: 'error', file: 'ci/smoke.webhooks.yaml', line: '5', col: '5' });
        // What could be a command of the runner is written otherwise.
        if (/^[ -~]*$/.test(name + message) && !/::\w+::/.test(message)) {
          expect(found[0]!.title).toBe(`smoke.webhooks.yaml: ${name}`);
          expect(found[0]!.message.split('\n')[0]).toBe(`body: ${message}`);
        }
      }),
    );
  });
});

/** Character references and the tags that we write. */
const known = /&#\d+;|<!-- -->|<\/?(?:code|pre|details|summary)>/g;

describe('the summary of a GitHub job', () => {
  it('is this, byte for byte', () => {
    const wrong = result({
      name: 'covver paid',
      status: 'failed',
      failures: [{ expectation: 'status', message: 'status is 500' }],
      deliveries: [ended(attempt(500, '@octocat <b>'))],
      durationMs: 2000,
      log: 'boom',
    });
    expect(reported(githubSummary, [result(), wrong, { ...unreached, earlier: [] }], missed)).toBe(`## ❌ webhook-sim

1 passed, 2 failed · 3 deliveries · 3 s

- ❌ <code>max-latency p95&#61;500ms</code>: 612ms
- ✅ <code>min-accepted 90&#37;</code>: 98&#46;7 &#37; &#40;77 of 78&#41;
- scalev: 1 of 3 events exercised; missing: <code>order&#46;updated</code>, <code>order&#46;deleted</code>

### Failed

<details><summary>❌ <code>smoke&#46;webhooks&#46;yaml&#58; covver paid</code></summary>

- <code>status&#58; status is 500</code>

<pre>POST http&#58;&#47;&#47;127&#46;0&#46;0&#46;1&#58;3000&#47;hook&#58; 500 in 12&#46;3 ms &#40;connect 1&#46;2 ms, wait 10 ms&#41;
  answer&#58; &#64;<!-- -->octocat &#60;b&#62;
the receiver wrote&#58;
boom</pre>

</details>

<details><summary>❌ <code>nightly&#58; order and refund</code></summary>

- <code>outcome&#58; unreachable &#40;ECONNREFUSED&#41;, expected an answer</code>

<pre>POST http&#58;&#47;&#47;127&#46;0&#46;0&#46;1&#58;3000&#47;hook&#58; ECONNREFUSED in 12&#46;3 ms &#40;connect 1&#46;2 ms, wait 10 ms&#41;
  Nothing listens there&#46;</pre>

</details>


### <code>smoke&#46;webhooks&#46;yaml</code>

| | Case | Answer | Time |
|---|---|---|---:|
| ✅ passed | <code>scalev order&#46;created</code> | 200 | 12.3 ms |
| ❌ failed | <code>covver paid</code> | 500 | 12.3 ms |

### <code>nightly</code>

| | Case | Answer | Time |
|---|---|---|---:|
| ❌ failed | <code>order and refund</code> | ECONNREFUSED | 12.3 ms |

`);
  });

  it('has a row for every kind of case', () => {
    const several = result({ name: 'several', deliveries: [1, 2, 3].map(() => ended(attempt(200))) });
    const many = result({ name: 'many', more: 2000, durationMs: 61_000 });
    const text = reported(githubSummary, [...allKinds, several, many]);
    const rows = text.split('\n').filter((line) => /^\| \S+ (passed|failed|flaky|skipped) /.test(line));
    expect(rows.map((row) => row.split(' | ').toSpliced(1, 1).join(' | '))).toEqual([
      '| ✅ passed | 200 | 12.3 ms |',
      '| ❌ failed | 500 | 12.3 ms |',
      '| ⚠️ flaky | 200, passed at try 2 | 12.3 ms |',
      '| ❌ failed | 200 | 12.3 ms |',
      '| ❌ failed | grade F, 3 cases | 2.4 s |',
      expect.stringMatching(/^\| ⏭️ skipped \| <code>&#60;b a&#61;[^ ]*.*<\/code> \| {2}\|$/),
      '| ❌ failed | ECONNREFUSED | 12.3 ms |',
      '| ✅ passed | 3 deliveries | 12 ms |',
      '| ✅ passed | 2,001 deliveries | 1 min 1 s |',
    ]);
  });

  it('says whether all is well, and when it is partial', () => {
    expect(reported(githubSummary, [])).toBe('## ✅ webhook-sim\n\nno cases · 0 deliveries · 3 s\n\n\n\n');
    expect(reported(githubSummary, [result()], { interrupted: true })).toMatch(/^## ❌ webhook-sim: interrupted\n/);
    expect(reported(githubSummary, [failed], { bailed: true })).toMatch(/^## ❌ webhook-sim: stopped at a failure\n/);
    expect(reported(githubSummary, [result()], missed)).toMatch(/^## ❌ webhook-sim\n/);
  });

  it('has nothing of a hostile text but letters, references and spaces', () => {
    const bare = reported(githubSummary, allKinds, missed).replace(known, '');
    expect(bare.match(/[<>`*_@[\]\\&~]|https?:|www\.|\0|\u001b|\u202e/g)).toEqual(null);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(markdownText(text).replace(known, '')).toMatch(/^[A-Za-z0-9 ,\u0080-\u{10ffff}-]*$/u);
      }),
    );
  });

  it('reads as the text that it was', () => {
    const script = 'import html, sys; sys.stdout.write(html.unescape(sys.stdin.read()))';
    const shown = python(script, [], markdownText(hostile).replaceAll('<!-- -->', '')).toString();
    expect(shown).toBe(hostileShown);
  });

  it('stays below 1 MiB, and counts what it leaves out', () => {
    const results = Array.from({ length: 5000 }, (_, at) => ({
      ...(at % 2 ? failed : failedCheck),
      name: `${at} ${'<'.repeat(60)}`,
    }));
    const text = reported(githubSummary, results, missed);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    const [shown, rows] = [/<details>/g, /^\| ❌ failed/gm].map((each) => text.match(each)!.length);
    const [failures, others] = [...text.matchAll(/^([\d,]+) more (?:failed )?cases are not shown/gm)].map(([, count]) =>
      Number(count!.replace(',', '')),
    );
    expect([shown! + failures!, rows! + others!]).toEqual([5000, 5000]);
    expect(shown).toBeGreaterThan(100);
    expect(rows).toBeGreaterThan(1000);
  });
});
