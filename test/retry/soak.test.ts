import { describe, expect, it } from 'vitest';
import type { RunEnded } from '../../src/core/run.js';
import { parseStatusRule } from '../../src/core/status.js';
import type { PlannedDelivery } from '../../src/simulate/plan.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import { Transport } from '../../src/transport/transport.js';
import { someDelivery } from '../support/delivery.js';
import { answering } from './scripted.js';

const rules = {
  timeLimitMs: 10_000,
  timeLimitIsOurs: true,
  success: parseStatusRule('2xx', 'rule'),
  successText: '2xx',
  resend: [],
  disabling: null,
};
const clock = { now: Date.now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };

function* numbered(url: string, count: number): Generator<PlannedDelivery> {
  for (let i = 0; i < count; i++) {
    yield { delivery: { ...someDelivery(url), id: String(i), body: Buffer.from(String(i)) }, rules };
  }
}

describe('10,000 deliveries, of which each tenth fails at first', () => {
  it.each([
    ['at once', Number.POSITIVE_INFINITY],
    ['after waits', 1000],
  ])(
    'come all and once each, with retries %s',
    async (_, speed) => {
      const tries = new Map<string, number>();
      const accepted = new Map<string, number>();
      // Of a hundred, one fails three times, one for good, and eight once.
      const failures = (id: number) => (id % 10 > 0 ? 0 : id % 100 === 0 ? 3 : id % 100 === 50 ? 99 : 1);
      const { url } = await answering((body) => {
        const before = tries.get(body) ?? 0;
        tries.set(body, before + 1);
        if (before < failures(Number(body))) return 500;
        accepted.set(body, (accepted.get(body) ?? 0) + 1);
        return 200;
      });
      const ended = new Map<string, number>();
      let attempts = 0;
      let summary: RunEnded | undefined;
      for await (const event of sendPlanned({
        deliveries: numbered(url, 10_000),
        transport: new Transport(),
        clock,
        concurrency: 20,
        timeLimitMs: null,
        expect: null,
        retry: { delaysMs: [5000, 10_000, 20_000], speed, respectsDisabling: true },
      })) {
        if (event.type === 'attempt') attempts++;
        else if (event.type === 'summary') summary = event;
        else if (event.type === 'delivery') {
          const { id } = event.delivery;
          expect(ended.has(id)).toBe(false);
          ended.set(id, event.attempts.length);
          const most = Math.min(4, failures(Number(id)) + 1);
          expect([id, event.attempts.length]).toEqual([id, most]);
          expect(event.ok).toBe(failures(Number(id)) < 4);
        }
      }
      expect(ended.size).toBe(10_000);
      expect(accepted.size).toBe(9900);
      expect(Math.max(...accepted.values())).toBe(1);
      const total = [...tries.values()].reduce((sum, count) => sum + count, 0);
      // 9,000 once, 800 twice, 100 four times and taken, 100 four times and given up.
      expect(total).toBe(9000 + 800 * 2 + 100 * 4 + 100 * 4);
      expect(attempts).toBe(total);
      expect(summary).toMatchObject({
        sent: 10_000,
        ok: 9900,
        attemptCount: total,
        outcomes: { accepted: 9900, rejected: 100 },
      });
    },
    60_000,
  );
});
