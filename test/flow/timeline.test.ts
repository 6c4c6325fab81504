import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentityGroup } from '../../src/core/provider.js';
import { type TimelineStep, timeline } from '../../src/flow/prepareFlow.js';

const group: IdentityGroup = { name: 's', title: 'S', events: ['a', 'b', 'c'], ids: [], times: [], eventTime: [] };
const step = (event: string, eventTime: number | null, afterMs: number | null = null): TimelineStep => ({
  identityGroup: group,
  event,
  eventTime,
  afterMs,
});
const offsets = (steps: readonly TimelineStep[]) => timeline(steps).moments.map(({ offsetMs }) => offsetMs);

describe('a timeline', () => {
  it('is that of the samples where nothing else is said', () => {
    const { moments, totalMs, moveOf } = timeline([step('a', 1000), step('b', 3000), step('c', 3000)]);
    expect(moments.map(({ offsetMs }) => offsetMs)).toEqual([0, 2000, 2000]);
    expect(totalMs).toBe(2000);
    expect([500, 1000, 2000, 9000].map(moveOf(group))).toEqual([-500, 0, 1000, 8000]);
  });

  it('takes the distances that are given, and what lies between them in proportion', () => {
    const { moments, moveOf } = timeline([step('a', 1000), step('b', 3000, 10_000), step('c', null, 5000)]);
    expect(moments.map(({ offsetMs }) => offsetMs)).toEqual([0, 10_000, 15_000]);
    expect([1000, 1500, 2000, 3000, 4000].map(moveOf(group))).toEqual([0, 2500, 5000, 10_000, 11_000]);
  });

  it('counts from the event before, whatever came between', () => {
    expect(offsets([step('a', 1000), step('b', null, 500), step('c', 3000)])).toEqual([0, 500, 2000]);
    expect(offsets([step('a', 1000), step('b', null, 5000), step('c', 3000)])).toEqual([0, 5000, 5000]);
    expect(offsets([step('a', 1000, 77)])).toEqual([0]);
  });

  it('gives a time of its own to an event that comes again, or earlier than it did, but not to one of the same moment', () => {
    const astray = (steps: readonly TimelineStep[]) => timeline(steps).moments.map(({ isAstray }) => isAstray);
    expect(astray([step('a', 1000), step('a', 1000, 60)])).toEqual([false, true]);
    expect(astray([step('a', 1000), step('b', 1000, 60)])).toEqual([false, false]);
    expect(astray([step('b', 3000), step('a', 1000, 60)])).toEqual([false, true]);
    expect(astray([step('b', null), step('b', null)])).toEqual([false, false]);
  });

  it('never goes back', () => {
    const anyStep = fc.record({
      event: fc.constantFrom('a', 'b', 'c'),
      eventTime: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null }),
      afterMs: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(200_000)), (steps, moments) => {
        const line = timeline(steps.map((each) => ({ ...each, identityGroup: group })));
        const found = line.moments.map(({ offsetMs }) => offsetMs);
        expect(found).toEqual([...found].sort((a, b) => a - b));
        const sorted = [...moments].sort((a, b) => a - b);
        const moved = sorted.map(line.moveOf(group));
        expect(moved).toEqual([...moved].sort((a, b) => a - b));
        // The time that each event tells, with that of a step astray being its own.
        const times = steps.flatMap(({ eventTime }, at) => {
          if (eventTime === null) return [];
          const moment = line.moments[at]!;
          return [{ at: moment.isAstray ? moment.offsetMs : line.moveOf(group)(eventTime), moment }];
        });
        for (const { at, moment } of times) expect(at).toBeLessThanOrEqual(moment.offsetMs);
      }),
    );
  });
});
