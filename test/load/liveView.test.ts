import { expect, it } from 'vitest';
import { LoadMeter } from '../../src/load/loadMeter.js';
import { LiveView } from '../../src/report/load/liveView.js';

const about = { rate: 10, inFlight: 3, isWarmUp: false, cpu: 0.1 };

it('takes its place again from the left edge, whatever was typed since', () => {
  const meter = new LoadMeter();
  const view = new LiveView(8, { columns: 40, unicode: false });
  const first = view.add(meter.closeSecond(about));
  expect(first.split('\n')).toHaveLength(6);
  for (const line of first.split('\n')) expect(line.length).toBeLessThan(40);
  // A key such as ^C is shown where the cursor is, which leaves the edge with it.
  expect(view.add(meter.closeSecond(about)).startsWith('\r\u001b[5A\u001b[J2 s of 8 s')).toBe(true);
});
