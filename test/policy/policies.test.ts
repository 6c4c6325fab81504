import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/core/policy.js';
import { scheduleOf } from '../../src/policy/rules.js';
import { cli } from '../support/cli.js';
import { fiveProviders } from '../support/providers.js';

const unknown = null;

/** Each provider's documented policy, as its fact sheet has it: the value and how certain it is. */
const table: Record<string, Record<keyof Policy, readonly [value: unknown, certainty: string] | null>> = {
  scalev: {
    timeLimit: unknown,
    success: ['2xx', 'documented'],
    retry: unknown,
    resend: [[], 'documented'],
    disabling: unknown,
  },
  bharatcart: {
    timeLimit: unknown,
    success: ['2xx', 'inferred'],
    retry: [{ max: 3, delays: ['1m', '10m', '1h'] }, 'documented'],
    resend: [[], 'inferred'],
    disabling: [{ afterConsecutiveFailures: 10, counts: null, per: 'endpoint', by: 'disabling' }, 'documented'],
  },
  covver: {
    timeLimit: unknown,
    success: ['2xx', 'inferred'],
    retry: unknown,
    resend: [[], 'inferred'],
    disabling: unknown,
  },
  webconnex: {
    timeLimit: unknown,
    success: ['2xx', 'inferred'],
    retry: unknown,
    resend: [[], 'documented'],
    disabling: unknown,
  },
  commercelayer: {
    timeLimit: ['5s', 'documented'],
    success: ['2xx', 'documented'],
    retry: [{ max: 10, delays: null }, 'documented'],
    resend: [[], 'inferred'],
    disabling: [{ afterConsecutiveFailures: 30, counts: 'attempts', per: 'event', by: 'circuit' }, 'documented'],
  },
};

describe('policies', () => {
  it.each(fiveProviders.map(({ name, policy }) => [name, policy as Policy] as const))('of %s', (name, policy) => {
    const facts = Object.entries(policy).map(([key, fact]) => [key, fact && [fact.value, fact.certainty]]);
    expect(Object.fromEntries(facts)).toEqual(table[name]);
    for (const fact of Object.values(policy)) if (fact) expect(fact.source).toMatch(/^https:\/\//);
  });

  it('have schedules, where the provider says anything of retries', () => {
    const schedules = fiveProviders.map(({ name, policy }) => [name, scheduleOf(policy.retry)]);
    expect(Object.fromEntries(schedules)).toEqual({
      scalev: null,
      bharatcart: { delaysMs: [60_000, 600_000, 3_600_000], spacing: 'provider' },
      covver: null,
      webconnex: null,
      commercelayer: {
        delaysMs: [10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_280_000, 2_560_000, 5_120_000],
        spacing: 'ours',
      },
    });
  });
});

it.each([
  [
    'bharatcart',
    'order.created',
    ['retries: 3, after 1m, 10m, 1h', 'after 10 failures in a row, whether retries count is unknown'],
  ],
  [
    'commercelayer',
    'orders.place',
    ['retries: up to 10, at times it does not tell', 'opens a circuit for the event after 30'],
  ],
  [
    'covver',
    'OrderPlaced',
    ['retries: the provider says nothing of them', 'disabling: not documented by the provider'],
  ],
])('show tells that of %s', async (provider, event, texts) => {
  const { stdout } = await cli(['show', provider, event]);
  for (const text of texts) expect(stdout).toContain(text);
});
