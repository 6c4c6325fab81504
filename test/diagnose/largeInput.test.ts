import { expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import { scalev } from '../support/providers.js';
import { diagnosed, hmac } from './support.js';

/** Seconds of the processor: what a busy machine does meanwhile does not count. */
const seconds = async (work: () => unknown) => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};
const json = (size: number) =>
  Buffer.from(
    JSON.stringify({
      items: Array.from({ length: size / 64 }, (_, id) => ({ id, name: 'Größe ☕', price: 1.5, tags: ['a', 'b'] })),
    }),
  );
const wrong: Header[] = [['X-Scalev-Hmac-Sha256', hmac('unknown', 'x').toString('base64')]];

/** Measures the time of as much hashing and writing of JSON as a diagnosis needs, on this machine under its present load. */
const measure = async (body: Buffer, hashes: number) =>
  4 *
  (await seconds(() => {
    for (let i = 0; i < hashes / 4; i++) hmac('key', body);
    for (let i = 0; i < 15; i++) JSON.stringify(JSON.parse(body.toString()), null, i % 3);
  }));

it.each([
  ['100 KiB', 100 << 10, 4000, true],
  ['1 MiB', 1 << 20, 800, false],
])(
  'takes no longer than its hashes for what nothing explains: %s, and says whether it tried every pair',
  { timeout: 60_000 },
  async (_, size, hashes, complete) => {
    const body = json(size);
    const before = await measure(body, hashes);
    const taken = await seconds(async () => {
      const diagnosis = await diagnosed({ provider: scalev, headers: wrong, body });
      expect(diagnosis).toMatchObject({ findings: [], complete });
    });
    // Usually 4 to 7; an error in the search multiplies it.
    expect(taken / Math.max(before, await measure(body, hashes))).toBeLessThan(9);
  },
);
