import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShard, selectUnits } from '../../src/suite/select.js';
import type { TriedItem, Unit } from '../../src/suite/unit.js';
import { runJson, runSuite } from './run.js';

const send = 'send: scalev order.created';

/** A unit of so many items, which needs and gives nothing. */
function unitOf(name: string, count: number): Unit {
  const items = Array.from({ length: count }, (_, at) => ({ name: `${name}.${at}` }) as TriedItem);
  const run = async function* () {};
  return { items, disabled: null, needs: [], gives: [], ways: [], run };
}

describe('shards', () => {
  it('together run all cases once, in their order, and none has many more than another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        (groups, count) => {
          const units = groups.map((sizes, group) => ({
            units: sizes.map((size, at) => unitOf(`${group}.${at}`, size)),
            concurrency: 1,
          }));
          const namesOf = (chosen: typeof units) =>
            chosen.flatMap((group) => group.units.flatMap(({ items }) => items.map(({ name }) => name)));
          const shards = Array.from({ length: count }, (_, at) =>
            namesOf(
              selectUnits(units, {
                grep: null,
                nameOf: String,
                shard: parseShard(`${at + 1}/${count}`, ''),
              }) as typeof units,
            ),
          );
          expect(shards.flat()).toEqual(namesOf(units));
          const sizes = shards.map(({ length }) => length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('split what --grep has chosen', async () => {
    const suite = `target: RECEIVER\ncases:\n  - send: scalev order.*\n  - send: bharatcart order.*\n`;
    const all = await runJson(suite, { args: ['--grep', '^bharatcart'] });
    const parts = await Promise.all(
      ['1/2', '2/2'].map((part) => runJson(suite, { args: ['--grep', '^bharatcart', '--shard', part] })),
    );
    const names = ({ results }: typeof all) => results.map((result) => result.case);
    expect(parts.flatMap(names)).toEqual(names(all));
    expect(parts.map(({ results }) => results.length)).toEqual([3, 2]);
  });

  it('that are empty say so', async () => {
    const { stdout, exitCode } = await runSuite(`target: RECEIVER\ncases:\n  - ${send}\n`, {
      args: ['--shard', '1/3'],
    });
    expect(stdout).toMatch(/^no cases · 0 deliveries · \d+ ms\n$/);
    expect(exitCode).toBe(0);
  });
});

describe('names', () => {
  const suite = `
target: RECEIVER
cases:
  - ${send}
  - ${send}
  - { ${send}, repeat: 2 }
  - { ${send}, name: mine }
  - { send: bharatcart order.p* order.paid order.shipped, name: mine }
  - { send: scalev   order.created, variant: legacy-2025, forge: wrong-secret, expect: 401, disabled: "later\\e[31m" }
  - { check: scalev, to: demo }
`;

  it('are unique, and listed in the order in which they are run', async () => {
    const { stdout, exitCode, requests, stderr } = await runSuite(suite, { args: ['--list'] });
    expect(stdout).toBe(`smoke.webhooks.yaml
  scalev order.created
  scalev order.created (2)
  scalev order.created #1
  scalev order.created #2
  mine
  mine (order.paid)
  mine (order.shipped)
  scalev order.created (legacy-2025) [wrong-secret]  (not run: later\\x1b[31m)
  check scalev
`);
    expect([exitCode, requests.length, stderr]).toEqual([0, 0, '']);
  });

  it('are listed as JSON', async () => {
    const { stdout } = await runSuite(suite, { args: ['--list', '--json', '--grep', 'paid|legacy'] });
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      type: 'suite-list',
      cases: [
        {
          case: 'mine (order.paid)',
          suite: 'smoke.webhooks.yaml',
          place: { line: 8, column: 5 },
          kind: 'send',
          provider: 'bharatcart',
          event: 'order.paid',
          variant: null,
          forge: null,
          disabled: null,
        },
        {
          case: 'scalev order.created (legacy-2025) [wrong-secret]',
          suite: 'smoke.webhooks.yaml',
          place: { line: 9, column: 5 },
          kind: 'send',
          provider: 'scalev',
          event: 'order.created',
          variant: 'legacy-2025',
          forge: 'wrong-secret',
          disabled: 'later\u001b[31m',
        },
      ],
    });
  });

  it('are searched without regard to case', async () => {
    const { results } = await runJson(suite, { args: ['--grep', 'MINE$'] });
    expect(results.map((result) => result.case)).toEqual(['mine']);
  });
});

describe('the order of results', () => {
  it('is that of the file where one case is under way at a time, that of their ends otherwise', async () => {
    const suite = `target: RECEIVER\ncases:\n  - { ${send}, name: slow, count: 30 }\n  - { ${send}, name: quick }\n`;
    const names = async (...args: string[]) => (await runJson(suite, { args })).results.map((result) => result.case);
    expect(await names()).toEqual(['slow', 'quick']);
    expect(await names('--concurrency', '2')).toEqual(['quick', 'slow']);
  });
});
