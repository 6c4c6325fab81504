import { describe, expect, it } from 'vitest';
import { judgeFreshness, maxFreshnessRequests, measureFreshness } from '../../src/check/freshnessWindow.js';
import { exampleProvider } from '../support/exampleProviders.js';

/** Measures a receiver that takes times up to some age, and counts what it was asked. */
async function measure(oldest: number) {
  let requests = 0;
  const window = await measureFreshness(async (age) => {
    requests++;
    return age <= oldest;
  });
  return { window, requests };
}

describe('the age up to which a signed time is accepted', () => {
  it.each([
    [300, 'passed', "accepts signatures up to 300 s old; the provider's advice is 300 s"],
    [600, 'remark', "accepts signatures up to 600 s old; the provider's advice is 300 s"],
    [Number.POSITIVE_INFINITY, 'remark', "accepts signatures of any age; the provider's advice is 300 s"],
  ])('is told of one that takes %s s', async (oldest, verdict, reason) => {
    const { window, requests } = await measure(oldest);
    expect(requests).toBeLessThanOrEqual(12);
    expect(judgeFreshness(window, exampleProvider('stripe'))).toMatchObject({ verdict, reason });
  });

  it.each([1, 5, 30, 60, 120, 180, 240, 300, 301, 360, 600, 900, 1800, 3600, 7200, 86_400, 604_800])(
    'of %s s is found in few requests',
    async (oldest) => {
      const { window, requests } = await measure(oldest);
      expect(requests).toBeLessThanOrEqual(maxFreshnessRequests);
      expect(window!.accepted).toBeLessThanOrEqual(oldest);
      expect(window!.rejected).toBeGreaterThan(oldest);
      expect(judgeFreshness(window, exampleProvider('stripe')).reason).toContain('accepts signatures up to');
    },
  );

  it('is compared with what is usual where the provider advises nothing', async () => {
    const { freshness: _, ...provider } = exampleProvider('stripe');
    const { window } = await measure(600);
    expect(judgeFreshness(window, provider)).toMatchObject({
      verdict: 'remark',
      reason: 'accepts signatures up to 600 s old; 300 s are usual',
    });
  });

  it('is not judged where an answer tells nothing', async () => {
    expect(judgeFreshness(await measureFreshness(async () => null), exampleProvider('stripe')).verdict).toBe(
      'not_judged',
    );
  });
});
