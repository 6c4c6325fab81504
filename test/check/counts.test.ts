import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { checked } from './checked.js';
import { correct, receiver } from './receiver.js';

it('stays within its number of requests, of large ones, and its time', async () => {
  const sizes: number[] = [];
  const ids: string[] = [];
  const url = await receiver(async (came) => {
    sizes.push(came.body.length);
    const id = /"unique_id": ?"([^"]+)"/.exec(came.body.toString())?.[1];
    if (id) ids.push(id);
    await delay(5);
    return correct(came);
  });
  const { summary, cases } = await checked(url, ['--seed', '7']);
  expect(summary.grade).toBe('A');
  expect(sizes.length).toBeGreaterThan(100);
  expect(sizes.length).toBeLessThanOrEqual(400);
  expect(sizes.filter((size) => size > 64 * 1024).length).toBeLessThanOrEqual(5);
  // Beside the same delivery, sent again on purpose, no id comes twice.
  const repeated = ids.length - new Set(ids).size;
  expect(repeated).toBeLessThanOrEqual(3);
  // All that was waited for, one after the other, is an upper bound of what the check took on an idle machine.
  const waited = cases.flatMap(({ deliveries = [] }) => deliveries).length * 5;
  expect(waited).toBeLessThan(15_000);
});
