import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemas } from '../../build/jsonSchemas.js';

const valid = new Ajv2020({ strict: false }).compile(jsonSchemas().suite);
const send = 'send: scalev order.created';
const suite = (each: string) => parse(`cases:\n  - ${each}\n`);

describe('the JSON Schema of suites', () => {
  it.each([
    'send: scalev order.created',
    `{ ${send}, expect: 2xx }`,
    `{ ${send}, expect: 401 }`,
    `{ ${send}, expect: { status: [200, 4xx], outcome: rejected, maxMs: 10.5 } }`,
    `{ ${send}, expect: { header: { a: b, c: { contains: d }, e: { absent: true } } } }`,
    `{ ${send}, expect: { body: done } }`,
    `{ ${send}, expect: { body: { contains: a, matches: b, json: { "a.b[0]": null, c: { contains: d }, e: [1, { f: 2 }] } } } }`,
    `{ ${send}, capture: { a: b.c, d: { header: e }, f: { matches: g }, h: { sent: i }, j: { json: k } } }`,
    `{ ${send}, set: { a: 1, b: [2], c: { d: null } }, unset: [e, f], count: 3, concurrency: 2, fresh: ids, exact: true }`,
    `{ ${send}, to: staging, secret: [env:A, file:b], header: { A: env:B }, timeout: 5s, seed: 1, now: 1700000000 }`,
    `{ ${send}, insecure: true, cacert: a, cert: b, key: c, proxy: none, unixSocket: d, resolve: { a: 127.0.0.1 } }`,
    '{ check: scalev order.created, only: [plain], skip: wrong-secret, allEvents: true, allowRemote: true, budget: 1m, expect: { grade: B } }',
    `{ ${send}, name: a, disabled: true, repeat: 2 }`,
    `{ ${send}, disabled: for a reason }`,
  ])('takes %s', (each) => {
    expect(valid(suite(each)), JSON.stringify(valid.errors)).toBe(true);
  });

  it('takes all that a suite may have', () => {
    const whole = parse(
      `$schema: x\ntarget: demo\nvars: { a: b, c: 1, d: true }\ndefaults: { timeout: 1s, expect: 2xx }\nconcurrency: 3\ncases: [{ ${send} }]`,
    );
    expect(valid(whole), JSON.stringify(valid.errors)).toBe(true);
  });

  it.each([
    `{ ${send}, expcet: 200 }`,
    `{ ${send}, expect: { stauts: 200 } }`,
    `{ ${send}, expect: { status: 700 } }`,
    `{ ${send}, expect: { outcome: ok } }`,
    `{ ${send}, expect: { header: { a: { is: b } } } }`,
    `{ ${send}, expect: { body: { text: b } } }`,
    `{ ${send}, expect: { grade: E } }`,
    `{ ${send}, capture: { a: { cookie: b } } }`,
    `{ ${send}, capture: { a: 1 } }`,
    `{ ${send}, secret: whsec_plain }`,
    `{ ${send}, count: 0 }`,
    `{ ${send}, count: many }`,
    `{ ${send}, repeat: 1.5 }`,
    `{ ${send}, fresh: some }`,
    `{ ${send}, header: { A: 1 } }`,
    '{ send: "" }',
    '{ send: [scalev, order.created] }',
    'text',
  ])('rejects %s', (each) => {
    expect(valid(suite(each))).toBe(false);
  });

  it.each([
    'cases: []',
    'target: demo',
    '[]',
    'cases: [{ send: a b }]\nretries: 3',
    'cases: [{ send: a b }]\nvars: { a: [1] }',
  ])('rejects %s as a whole', (text) => {
    expect(valid(parse(text))).toBe(false);
  });

  it('describes the keys for editors', () => {
    // biome-ignore lint/suspicious/noExplicitAny: a JSON document
    const { properties } = jsonSchemas().suite as any;
    for (const [name, property] of Object.entries(properties)) {
      if (name !== 'cases') expect((property as { description?: string }).description, name).toMatch(/\.$/);
    }
  });
});
