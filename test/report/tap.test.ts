import * as fc from 'fast-check';
import { Parser, type Result } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { tap } from '../../src/report/suite/tap.js';
import {
  allKinds,
  attempt,
  ended,
  failed,
  flaky,
  hostile,
  hostileShown,
  missed,
  reported,
  result,
  skipped,
} from '../support/suiteResults.js';

/** Parses a report with an independent parser. */
function parsed(text: string) {
  const points: Result[] = [];
  const odd: string[] = [];
  let end: Parser['results'] = null;
  const parser = new Parser({ strict: true }, (results) => {
    end = results;
  });
  parser.on('assert', (point) => points.push(point));
  parser.on('extra', (line) => odd.push(line));
  parser.end(text);
  return { points, odd, end: end as unknown as NonNullable<Parser['results']> };
}

describe('the TAP report', () => {
  it('is this, byte for byte', () => {
    const wrong = result({
      name: 'bharatcart order.placed',
      status: 'failed',
      failures: [{ expectation: 'status', message: 'status is 500, expected 2xx' }],
      deliveries: [ended(attempt(500, 'oh no'))],
      log: 'boom\n',
    });
    const left = result({ name: 'covver #1', status: 'skipped', reason: 'disabled', deliveries: [] });
    expect(reported(tap, [result(), wrong, flaky, left], { ...missed, bailed: true })).toBe(`TAP version 14
ok 1 - smoke.webhooks.yaml: scalev order.created
  ---
  duration_ms: 12.3
  ...
not ok 2 - smoke.webhooks.yaml: bharatcart order.placed
  ---
  message: "status is 500, expected 2xx"
  severity: "fail"
  duration_ms: 12.3
  at: {"suite":"smoke.webhooks.yaml","line":4,"column":5}
  failures: ["status: status is 500, expected 2xx"]
  wire: ["POST http://127.0.0.1:3000/hook: 500 in 12.3 ms (connect 1.2 ms, wait 10 ms)","  answer: oh no"]
  log: ["boom"]
  ...
ok 3 - smoke.webhooks.yaml: covver order.created
  ---
  duration_ms: 12.3
  ...
# flaky: try 1: status is 503, expected 2xx
ok 4 - smoke.webhooks.yaml: covver \\#1 # SKIP disabled
not ok 5 - budget: max-latency p95=500ms
  ---
  message: "the budget was not kept"
  severity: "fail"
  figure: "612ms"
  ...
ok 6 - budget: min-accepted 90%
  ---
  figure: "98.7 % (77 of 78)"
  ...
1..6
# 1 passed, 1 failed, 1 flaky, 1 skipped | 4 deliveries | 3 s
# stopped at a failure
`);
  });

  it('comes line by line', () => {
    const parts: string[] = [];
    const reporter = tap((text) => parts.push(text));
    expect(parts).toEqual([]);
    reporter.event(skipped);
    expect(parts.join('')).toMatch(/^TAP version 14\nok 1 - .*\n$/);
    reporter.event(result());
    expect(parts.join('')).toMatch(/\nok 2 - .*\n {2}---\n {2}duration_ms: 12.3\n {2}\.\.\.\n$/);
  });

  it('is read as it was meant by a strict parser', () => {
    const { points, odd, end } = parsed(reported(tap, allKinds, missed));
    expect(odd).toEqual([]);
    expect(end).toMatchObject({ ok: false, count: 9, pass: 4, fail: 5, skip: 1, plan: { start: 1, end: 9 } });
    expect(end.failures.map(({ id }) => id)).toEqual([2, 4, 5, 7, 8]);
    expect(points.map(({ ok }) => ok)).toEqual([true, false, true, false, false, true, false, false, true]);
    expect(points[1]!.diag).toMatchObject({
      severity: 'fail',
      at: { suite: 'smoke.webhooks.yaml', line: 5, column: 5 },
    });
    expect(points[4]!.diag).toMatchObject({
      message: 'no-verification: Everything is accepted: no signature is verified',
    });
  });

  it.each([
    ['no cases', [], {}, { ok: true, count: 0, bailout: false }],
    ['all passed', [result()], {}, { ok: true, count: 1, bailout: false }],
    ['interrupted', [result()], { interrupted: true }, { ok: false, bailout: 'interrupted' }],
    ['interrupted before any case', [], { interrupted: true }, { ok: false, bailout: 'interrupted' }],
  ])('is well-formed with %s', (_, results, given, wanted) => {
    const { odd, end } = parsed(reported(tap, results, given));
    expect(odd).toEqual([]);
    expect(end).toMatchObject(wanted);
  });

  it('keeps hostile text in its place', () => {
    const { points, end } = parsed(reported(tap, [skipped, failed]));
    expect(end).toMatchObject({ count: 2, pass: 1, fail: 1, skip: 1 });
    const [left, wrong] = points;
    expect(left!.name).toBe(`smoke.webhooks.yaml: ${hostileShown}`);
    expect(wrong!.diag.failures[1]).toBe(`body: body is ${hostileShown}`);
    const [listening, line, dots, point, command] = wrong!.diag.log;
    expect(listening).toBe('listening');
    expect(command).toBe('\\x3a:error::y');
    expect(`${line}\\n${dots}\\r\\n${point}\\n::error::y`).toBe(hostileShown);
  });

  it('takes any name and any failure', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'#\\ \n\r\t-:{}[]"\'', ' # SKIP', '# TODO', '...', '---', '\ud800', '\ufffe', '😀'),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), fc.string({ unit, maxLength: 20 }), (name, message) => {
        const failures = [{ expectation: 'body', message }];
        const text = reported(tap, [result({ name: `<${name}>`, status: 'failed', failures }), result()]);
        const { points, odd, end } = parsed(text);
        expect(odd).toEqual([]);
        expect(end).toMatchObject({ count: 2, pass: 1, fail: 1, skip: 0, todo: 0 });
        expect(points[0]!.name).toMatch(/^smoke\.webhooks\.yaml: <.*>$/u);
        if (/^[ -~]*$/.test(name)) expect(points[0]!.name).toBe(`smoke.webhooks.yaml: <${name}>`);
        if (/^[ -~]*$/.test(message)) expect(points[0]!.diag.failures).toEqual([`body: ${message}`]);
      }),
      { numRuns: 300 },
    );
  });

  it('has diagnoses that another YAML reader takes too', () => {
    const text = reported(tap, [{ ...failed, name: hostile }]);
    const block = /^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/m.exec(text)![1]!;
    expect(parseYaml(block)).toMatchObject({ severity: 'fail', duration_ms: 12.3 });
  });
});
