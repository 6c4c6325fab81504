import { describe, expect, it } from 'vitest';
import { type SampledProvider, writePayloadTypes } from '../../build/payloadTypes.js';

const nested = (levels: number): object => (levels === 0 ? { end: 'here' } : { below: nested(levels - 1) });

function providerOf(name: string, samples: SampledProvider['samples']): SampledProvider {
  return { name, dialect: 'js', eventAt: null, samples };
}

/** Twenty events, each with a hundred objects that no other has. */
const large = providerOf(
  'large',
  Object.fromEntries(
    Array.from({ length: 20 }, (_, event) => [
      `thing.${event}`,
      [Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`member_${event}_${at}`, { [`of_${event}`]: 'x' }]))],
    ]),
  ),
);
const small = providerOf('small', { 'order.paid': [{ order: { id: 1, customer: { name: 'A' } } }] });
const smallTypes = '"order.paid":{order:{id:number;customer:{name:string}}};';

describe('the types of payloads', () => {
  it('say what all samples of an event hold, and what only some do', () => {
    const samples = {
      'order.paid': [
        { event: 'order.paid', id: 1, note: null },
        { event: 'order.paid', id: 'a' },
      ],
    };
    const types = writePayloadTypes([{ ...providerOf('some', samples), eventAt: 'event' }], 10_000).get('some');
    expect(types).toContain('"order.paid":{event:"order.paid";id:number|string;note?:unknown};');
  });

  it('have six levels, below which all is unknown', () => {
    const types = writePayloadTypes([providerOf('deep', { 'order.paid': [nested(9)] })], 10_000).get('deep');
    expect(types).toContain(`"order.paid":${'{below:'.repeat(6)}unknown${'}'.repeat(6)};`);
  });

  it('stay within a budget: of the longest the deepest become unknown, level by level, and the others stay whole', () => {
    const whole = writePayloadTypes([large, small], 1_000_000);
    expect(whole.get('large')!.length).toBeGreaterThan(50_000);
    expect(whole.get('large')).toContain('member_3_7:{of_3:string}');
    const cut = writePayloadTypes([large, small], 50_000);
    expect(cut.get('large')).toContain('member_3_7:unknown');
    expect([...cut.values()].join('').length).toBeLessThanOrEqual(50_000);
    expect(cut.get('small')).toContain(smallTypes);
    const least = writePayloadTypes([large, small], 5_000);
    expect(least.get('large')).toContain('"thing.7":unknown;');
    expect(least.get('small')).toContain(smallTypes);
  });

  it('that fit in no way are an error', () => {
    expect(() => writePayloadTypes([large], 100)).toThrow('longer than 100 characters');
  });
});
