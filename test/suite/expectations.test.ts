import { describe, expect, it } from 'vitest';
import { freePort, rudeServer } from '../support/rude.js';
import { answer, runJson } from './run.js';

const json = (body: unknown, status = 200) =>
  answer(status, JSON.stringify(body), { 'Content-Type': 'application/json', 'X-Id': 'abc-17' });
const order = json({ id: 'o-1', total: 12.5, tags: ['new', 'paid'], items: [{ sku: 'A' }], note: null, 'a.b': true });
const long = answer(200, `{"id":"o-1","rest":"${'x'.repeat(70_000)}"}`);
const deep = answer(200, '['.repeat(30_000) + ']'.repeat(30_000));
const binary = answer(200, '\xff\xfe\x00\x80');

/** An expectation, an answer, and the failures; none where it holds. */
const table: readonly [expected: string, answered: string, failures: readonly string[]][] = [
  // How it ends.
  ['', answer(204), []],
  ['', answer(302), ['not accepted: 302']],
  ['{}', answer(500), ['not accepted: 500']],
  ['401', answer(401), []],
  ['401', answer(403), ['status is 403, expected 401']],
  ['2xx', answer(201), []],
  ['2xx', answer(400), ['status is 400, expected 2xx']],
  ['{ status: [200, 4xx] }', answer(418), []],
  ['{ status: [200, 4xx] }', answer(201), ['status is 201, expected 200 or 4xx']],
  ['"200, 202"', answer(202), []],
  ['"200, 202"', answer(201), ['status is 201, expected 200, 202']],
  ['{ outcome: accepted }', answer(200), []],
  ['{ outcome: accepted }', answer(400), ['outcome is rejected, expected accepted']],
  ['{ outcome: rejected }', answer(400), []],
  ['{ outcome: rejected }', answer(200), ['outcome is accepted, expected rejected']],
  [
    '{ status: 400, outcome: accepted }',
    answer(401),
    ['status is 401, expected 400', 'outcome is rejected, expected accepted'],
  ],
  ['{ outcome: broken }', 'no HTTP\r\n\r\n', []],
  ['{ outcome: timed_out }', answer(200), ['outcome is accepted, expected timed_out']],
  // Headers.
  ['{ header: { x-id: abc-17 } }', order, []],
  ['{ header: { X-ID: abc-18 } }', order, ['the header X-ID is "abc-17", expected "abc-18"']],
  ['{ header: { x-id: { contains: bc- } } }', order, []],
  ['{ header: { x-id: { contains: xyz } } }', order, ['the header x-id is "abc-17", which does not contain "xyz"']],
  ['{ header: { x-id: { matches: "^[a-c]+-\\\\d+$" } } }', order, []],
  ['{ header: { x-id: { matches: "^\\\\d" } } }', order, ['the header x-id is "abc-17", which does not match /^\\d/u']],
  ['{ header: { x-none: { absent: true } } }', order, []],
  ['{ header: { x-id: { absent: true } } }', order, ['the header x-id is "abc-17", expected none']],
  ['{ header: { x-id: { absent: false } } }', order, []],
  ['{ header: { x-none: { absent: false } } }', order, ['the header x-none is missing']],
  ['{ header: { x-none: abc } }', order, ['the header x-none is missing']],
  ['{ header: { x-two: "a, b" } }', answer(200, '', { 'X-Two': 'a', 'x-two': 'b' }), []],
  [
    '{ header: { x-id: { equals: abc-17, contains: zz, matches: "." } } }',
    order,
    ['the header x-id is "abc-17", which does not contain "zz"'],
  ],
  // Bodies as text.
  ['{ body: done }', answer(200, 'done'), []],
  ['{ body: done }', answer(200, 'done\n'), ['the body is "done\\n", expected "done"']],
  ['{ body: "" }', answer(200), []],
  ['{ body: { contains: one } }', answer(200, 'done'), []],
  ['{ body: { contains: two } }', answer(200, 'done'), ['the body is "done", which does not contain "two"']],
  ['{ body: { matches: ^d } }', answer(200, 'done'), []],
  ['{ body: { matches: ^e } }', answer(200, 'done'), ['the body is "done", which does not match /^e/u']],
  ['{ body: { contains: "\uFFFD" } }', binary, []],
  ['{ body: { equals: x } }', binary, ['the body is "\uFFFD\uFFFD\\u0000\uFFFD", expected "x"']],
  ['{ body: { contains: \'"id":"o-1"\' } }', long, []],
  // Bodies as JSON.
  ['{ body: { json: { id: o-1, total: 12.50, note: null, \'["a.b"]\': true } } }', order, []],
  ['{ body: { json: { "items[0]": { sku: A }, tags: [new, paid] } } }', order, []],
  ['{ body: { json: { id: o-2 } } }', order, ['id in the body is "o-1", expected "o-2"']],
  ['{ body: { json: { total: "12.5" } } }', order, ['total in the body is 12.5, expected "12.5"']],
  ['{ body: { json: { note: { equals: 1 } } } }', order, ['note in the body is null, expected 1']],
  ['{ body: { json: { "items[1].sku": A } } }', order, ['items[1].sku in the body is missing']],
  ['{ body: { json: { tags: { contains: paid } } } }', order, []],
  [
    '{ body: { json: { tags: { contains: pai } } } }',
    order,
    ['tags in the body is ["new","paid"], which does not contain "pai"'],
  ],
  ['{ body: { json: { id: { contains: "-" } } } }', order, []],
  ['{ body: { json: { id: { contains: x } } } }', order, ['id in the body is "o-1", which does not contain "x"']],
  ['{ body: { json: { total: { matches: "^12" } } } }', order, []],
  [
    '{ body: { json: { total: { matches: "^13" } } } }',
    order,
    ['total in the body is 12.5, which does not match /^13/u'],
  ],
  ['{ body: { json: { gone: { absent: true } } } }', order, []],
  ['{ body: { json: { note: { absent: true } } } }', order, ['note in the body is null, expected none']],
  ['{ body: { json: { note: { absent: false } } } }', order, []],
  ['{ body: { json: { gone: { absent: false } } } }', order, ['gone in the body is missing']],
  [
    '{ body: { json: { "items[0]": { equals: { sku: B } } } } }',
    order,
    ['items[0] in the body is {"sku":"A"}, expected {"sku":"B"}'],
  ],
  [
    '{ body: { json: { "items[0]": { sku: A, more: 1 }, tags: [new, paid, sent] } } }',
    order,
    [
      'items[0] in the body is {"sku":"A"}, expected {"sku":"A","more":1}',
      'tags in the body is ["new","paid"], expected ["new","paid","sent"]',
    ],
  ],
  ['{ body: { json: { id: o-1 } } }', answer(200, 'id: o-1'), ['the body is not JSON']],
  ['{ body: { json: { id: { absent: true } } } }', answer(200), ['the body is not JSON']],
  ['{ body: { json: { id: o-1 } } }', binary, ['the body is not JSON']],
  ['{ body: { json: { id: o-1 } } }', deep, ['the body is not JSON']],
  ['{ body: { json: { id: o-1 } } }', long, ['the body is not JSON (only its first 64 KiB were kept)']],
  [
    '{ body: { contains: nowhere } }',
    long,
    [
      `the body is ${JSON.stringify(`${long.slice(long.indexOf('{')).slice(0, 200)}…`)}, which does not contain "nowhere" (only its first 64 KiB were kept)`,
    ],
  ],
  // Time.
  ['{ maxMs: 5000 }', answer(200), []],
  ['{ maxMs: 0.001 }', answer(200), [expect.stringMatching(/^took \d+ ms, expected at most 0\.001 ms$/) as never]],
  // Several at once.
  [
    '{ status: 2xx, header: { x-id: no }, body: { contains: no, json: { id: no } } }',
    json({ id: 'o-1' }, 404),
    [
      'status is 404, expected 2xx',
      'the header x-id is "abc-17", expected "no"',
      'the body is "{\\"id\\":\\"o-1\\"}", which does not contain "no"',
      'id in the body is "o-1", expected "no"',
    ],
  ],
];

describe('an expectation', () => {
  it.each(table)('%s', async (expected, answered, failures) => {
    const line = expected === '' ? '' : `\n    expect: ${expected}`;
    const { results, exitCode, stderr } = await runJson(
      `target: RECEIVER\ncases:\n  - send: scalev order.created${line}`,
      {
        answer: answered,
      },
    );
    expect(stderr).not.toMatch(/bug|\n\s+at /);
    expect(results[0].failures.map(({ message }: { message: string }) => message)).toEqual(failures);
    expect(results.map(({ status }) => status)).toEqual([failures.length > 0 ? 'failed' : 'passed']);
    expect(exitCode === 0).toBe(failures.length === 0);
  });

  it('of no answer is met by none', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    const mute = await rudeServer(() => {});
    const { results, exitCode, summary } = await runJson(`
cases:
  - { send: scalev order.created, to: "${closed}", expect: { outcome: unreachable } }
  - { send: scalev order.created, to: "${mute.url}", timeout: 100ms, expect: { outcome: timed_out } }
  - { send: scalev order.created, to: "${closed}", expect: { status: 2xx, body: x, header: { a: b } } }
  - { send: scalev order.created, to: "${closed}", expect: { outcome: rejected } }
`);
    expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed', 'failed']);
    const messages = results.map(({ failures }) => failures.map(({ message }: { message: string }) => message));
    expect(messages[2]).toEqual([expect.stringMatching(/^status is unreachable \(ECONNREFUSED\): .*, expected 2xx$/)]);
    expect(messages[3]).toEqual(['outcome is unreachable, expected rejected']);
    expect(exitCode).toBe(3);
    expect(summary).toMatchObject({ ok: 2, accepted: 0, outcomes: { unreachable: 3, timed_out: 1 } });
  });

  it('of many deliveries is told once for all that fail alike, and of a bounded number of ways to fail', async () => {
    let sent = 0;
    const { results } = await runJson(
      'target: RECEIVER\ncases:\n  - { send: scalev order.created, count: 60, concurrency: 1 }',
      {
        answer: () => answer(++sent <= 30 ? 200 : sent <= 57 ? 500 : 400 + sent),
      },
    );
    expect(results[0].failures).toEqual([
      { expectation: 'accepted', message: 'not accepted: 500 (27 times)' },
      { expectation: 'accepted', message: 'not accepted: 458 (once)' },
      { expectation: 'accepted', message: 'not accepted: 459 (once)' },
      { expectation: 'accepted', message: 'not accepted: 460 (once)' },
      { expectation: 'count', message: '30 of 60 deliveries were not as expected' },
    ]);
    sent = 0;
    const many = await runJson('target: RECEIVER\ncases:\n  - { send: scalev order.created, count: 60 }', {
      answer: () => answer(400 + ++sent),
    });
    expect(many.results[0].failures).toHaveLength(11);
  });

  it('of a check is no failed case, or a grade', async () => {
    const faulty = await runJson(
      'target: RECEIVER\ncases:\n  - check: scalev\n  - { check: scalev, expect: { grade: F } }\n  - { check: scalev, expect: { grade: A } }',
    );
    expect(faulty.results.map(({ status, grade }) => [status, grade])).toEqual([
      ['failed', 'F'],
      ['passed', 'F'],
      ['failed', 'F'],
    ]);
    expect(faulty.results[0].failures[0].expectation).toBe('finding');
    expect(faulty.results[2].failures[0]).toEqual({
      expectation: 'grade',
      message: expect.stringMatching(/^grade is F \(.+\), expected A$/),
    });
    expect(faulty.exitCode).toBe(1);
    const sound = await runJson('target: demo\ncases:\n  - { check: scalev, expect: { grade: A } }');
    expect(sound.results.map(({ status, grade, failures }) => [status, grade, failures])).toEqual([
      ['passed', 'A', []],
    ]);
    expect(sound.exitCode).toBe(0);
  });

  it('of a check that never reached the receiver is not met', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    const { results, exitCode } = await runJson(
      `target: ${closed}\ncases:\n  - { check: scalev, expect: { grade: F } }`,
    );
    expect(results[0].failures).toEqual([{ expectation: 'reached', message: 'the receiver was never reached' }]);
    expect(exitCode).toBe(3);
  });
});
