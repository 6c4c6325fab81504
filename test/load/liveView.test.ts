import { expect, it } from 'vitest';
import type { LoadSecond } from '../../src/core/load.js';
import { LoadMeter } from '../../src/load/loadMeter.js';
import { LoadSums } from '../../src/load/loadSums.js';
import { LiveView } from '../../src/report/load/liveView.js';

/** A second with 25 deliveries on the way. */
function secondOf(atSecond: number, seconds = 1): LoadSecond {
  const meter = new LoadMeter();
  for (let sent = 0; sent < 25; sent++) meter.begin(0, 100, false);
  const sums = new LoadSums({ stages: [{ durationMs: 8000, fromRate: 50, toRate: 50 }], warmUpSeconds: 0 });
  const part = { type: 'second', ...meter.closeSecond(), atSecond, seconds } as const;
  return sums.addSecond([part], { inFlight: 25, cpu: 0.1 });
}

it('takes its place again from the left edge, whatever was typed since', () => {
  const view = new LiveView(8, { columns: 40, unicode: false });
  const first = view.add(secondOf(1));
  expect(first.split('\n')).toHaveLength(6);
  for (const line of first.split('\n')) expect(line.length).toBeLessThan(40);
  // A key such as ^C is shown where the cursor is, which leaves the edge with it.
  expect(view.add(secondOf(2)).startsWith('\r\u001b[5A\u001b[J2 s of 8 s')).toBe(true);
});

it('tells the rate of half a second as one', () => {
  const shown = new LiveView(0.5, { columns: 80, unicode: false }).add(secondOf(0.5, 0.5));
  expect(shown).toContain('0.5 s of 0.5 s');
  expect(shown).toContain('50/s of 50/s');
});
