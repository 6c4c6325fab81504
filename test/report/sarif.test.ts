import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { sarif } from '../../src/report/suite/sarif.js';
import {
  acceptedForgery,
  allKinds,
  attempt,
  checkCase,
  ended,
  failed,
  failedCheck,
  fileOf,
  hostileShown,
  missed,
  reported,
  result,
  unreached,
} from '../support/suiteResults.js';

/** The schema of SARIF 2.1.0 (OASIS), as Microsoft's SARIF SDK ships it; its draft 4 means here what draft 7 does. */
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
);
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
function written(...[results, given]: [Parameters<typeof reported>[1], Parameters<typeof reported>[2]?]): any {
  const log = JSON.parse(reported((to) => sarif(to, fileOf), results, given));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
}

describe('the SARIF report', () => {
  it('is held against a schema that finds mistakes', () => {
    const log = JSON.parse(reported((to) => sarif(to, fileOf), allKinds));
    log.runs[0].results[0].level = 'fatal';
    log.runs[0].results[1].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    expect(validate(log)).toBe(false);
    expect(validate.errors!.map(({ instancePath }) => instancePath)).toEqual([
      '/runs/0/results/0/level',
      '/runs/0/results/1/locations/0/physicalLocation/artifactLocation/uri',
    ]);
  });

  it.each([
    ['no cases', [], {}],
    ['no checks and nothing wrong', [result()], missed],
  ])('has no results with %s', (_, results, given) => {
    const run = written(results, given);
    expect(run).toMatchObject({ results: [], invocations: [{ executionSuccessful: true }] });
    expect(run.tool.driver).toEqual({ name: 'webhook-sim', version: '0.0.0-development', rules: [] });
  });

  it('has a result for each finding of a check, and one for each other case that failed', () => {
    const { results, tool } = written(allKinds, missed);
    // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
    const found = results.map(({ ruleId, level, properties }: any) => [ruleId, level, properties.case]);
    expect(found).toEqual([
      ['case-failed', 'error', 'bharatcart order.placed'],
      ['forgery-accepted', 'error', 'scalev order.created wrong-secret'],
      ['no-verification', 'error', 'check scalev'],
      ['slow', 'warning', 'check scalev'],
      ['case-failed', 'error', 'order and refund'],
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it('tells of a finding what is wrong, why it matters, what to do, and how much it weighs', () => {
    const { results, tool } = written([failedCheck]);
    expect(results[0]).toMatchObject({
      message: {
        text: 'Everything is accepted: no signature is verified. Seen in: no-signature, wrong-secret. Verify X-Signature before anything else.',
      },
      properties: { url: 'http://127.0.0.1:3000/hook', grade: 'F', cases: ['no-signature', 'wrong-secret'] },
    });
    expect(tool.driver.rules[0]).toEqual({
      id: 'no-verification',
      shortDescription: { text: 'Everything is accepted: no signature is verified' },
      fullDescription: { text: 'Anybody who knows the address can send events.' },
      help: { text: 'Anybody who knows the address can send events.\n\nFix: Verify X-Signature before anything else.' },
      properties: { tags: ['security', 'webhooks'], 'security-severity': '9.1' },
    });
    expect(tool.driver.rules[1].properties).toEqual({ tags: ['webhooks'] });
  });

  it.each([
    ['let in by what anybody can make', 'F', 'must-reject', 'finding', true, '9.1'],
    ['let in by what is made of a genuine delivery', 'D', 'must-reject', 'finding', true, '8.1'],
    ['rejected in a wrong way', 'C', 'must-reject', 'finding', false, '5.3'],
    ['broken', 'C', 'must-not-break', 'finding', false, '5.3'],
    ['nearly right', 'B', 'must-reject', 'remark', false, '3.1'],
    ['lost', 'C', 'must-accept', 'finding', false, undefined],
  ] as const)('weighs what is %s', (_, grade, group, verdict, accepted, wanted) => {
    const { cases, summary } = failedCheck.check!;
    const deliveries = accepted ? cases[1]!.deliveries : [];
    const each = checkCase({ name: 'no-signature', class: group, verdict, deliveries });
    const check = { cases: [each], summary: { ...summary, grade, findings: summary.findings.slice(0, 1) } };
    expect(written([{ ...failedCheck, check }]).tool.driver.rules[0].properties['security-severity']).toBe(wanted);
  });

  it('calls a forgery accepted only where that was not expected', () => {
    const deliveries = [ended(attempt(200)), ended(attempt(500))];
    const [{ ruleId }] = written([{ ...acceptedForgery, deliveries }]).results;
    expect(ruleId).toBe('case-failed');
  });

  it('keeps the heaviest weight of a rule', () => {
    const { summary } = failedCheck.check!;
    const warned = checkCase({ name: 'no-signature', class: 'must-reject', verdict: 'remark' });
    const check = { cases: [warned], summary: { ...summary, grade: 'A' } } as const;
    const light = { ...failedCheck, status: 'passed', failures: [], check } as const;
    for (const results of [
      [failedCheck, light],
      [light, failedCheck],
    ]) {
      const { rules } = written(results).tool.driver;
      expect(rules).toHaveLength(2);
      expect(rules[0].properties['security-severity']).toBe('9.1');
    }
  });

  it('tells of findings also where the check passed, and of a failed check that shows none', () => {
    const { cases, summary } = failedCheck.check!;
    const warned = { cases, summary: { ...summary, grade: 'A', findings: [] } } as const;
    const passed = { ...failedCheck, status: 'passed', failures: [], check: warned } as const;
    expect(written([passed]).results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['slow']);
    const cut = { cases: [], summary: { ...summary, grade: null, findings: [], remarks: [], reached: false } };
    const failures = [{ expectation: 'reached', message: 'the receiver was never reached' }];
    const [only, ...others] = written([{ ...failedCheck, failures, check: cut }]).results;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ ruleId: 'case-failed', message: { text: 'the receiver was never reached' } });
  });

  it.each([
    [
      'a file',
      'smoke.webhooks.yaml',
      { line: 5, column: 3 },
      'ci/smoke.webhooks.yaml',
      { startLine: 5, startColumn: 3 },
    ],
    ['a file that tells no places', 'smoke.webhooks.yaml', null, 'ci/smoke.webhooks.yaml', { startLine: 1 }],
    [
      'a file with a hostile name',
      'a b%#?\ud800\\ü.yaml',
      null,
      'ci/a%20b%25%23%3F%EF%BF%BD/%C3%BC.yaml',
      { startLine: 1 },
    ],
    ['no file', 'check', null, 'check', { startLine: 1 }],
  ])('has a physical location for a suite that is %s', (_, suite, place, uri, region) => {
    const [{ locations }] = written([{ ...failed, suite, place }]).results;
    expect(locations[0].physicalLocation).toEqual({ artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region });
  });

  it('names a file outside of the repository by its whole path', () => {
    const log = JSON.parse(reported((to) => sarif(to, () => '/srv/my suites/a.yaml'), [failed]));
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'file:///srv/my%20suites/a.yaml',
    });
  });

  it('has fingerprints that a later run has too, and no other finding of the run', () => {
    const prints = (results: Parameters<typeof written>[0]) =>
      written(results).results.map(
        ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
          partialFingerprints.primaryLocationLineHash,
      );
    const first = prints(allKinds);
    expect(new Set(first).size).toBe(5);
    const later = allKinds.map((each) => ({
      ...each,
      place: { line: 99, column: 1 },
      startedAt: '2027-01-01T00:00:00.000Z',
      durationMs: 1,
      failures: each.failures.map(({ expectation }) => ({ expectation, message: 'other words' })),
    }));
    expect(prints(later)).toEqual(first);
    expect(prints([{ ...failed, event: 'order.paid' }])).not.toContain(first[0]);
    expect(prints([{ ...failed, name: 'another' }])).not.toContain(first[0]);
    expect(first[0]).toMatch(/^[0-9a-f]{16}:1$/);
  });

  it('says that it is partial after an interruption', () => {
    expect(written([acceptedForgery], { interrupted: true }).invocations).toEqual([
      {
        executionSuccessful: false,
        startTimeUtc: '2026-03-01T10:00:00.000Z',
        endTimeUtc: '2026-03-01T10:00:03.000Z',
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'The run was interrupted: this report is partial.' } },
        ],
      },
    ]);
  });

  it('makes no link of what a receiver answered', () => {
    const [{ message }] = written([failed]).results;
    expect(message.text).toBe(`status is 500, expected 2xx; body is ${hostileShown.replace('](', '] (')}`);
    expect(written([unreached]).results).toHaveLength(1);
  });
});
