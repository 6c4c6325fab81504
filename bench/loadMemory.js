/**
 * The memory of a load of few and of many deliveries: the same rate, for a short and for a long time, to a handler in this process, each in a process of its own:
 * its peak, and what the heap and its buffers hold at the end, once garbage is collected.
 * `node bench/loadMemory.js [--few 1000] [--many 1000000] [--rate 5000]`; a rate that the machine can keep up with.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './measure.js';

const { values } = parseArgs({
  options: {
    few: { type: 'string', default: '1000' },
    many: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '5000' },
    send: { type: 'string' },
  },
});
const rate = Number(values.rate);

if (values.send === undefined) {
  const measure = (count) => {
    const argv = ['--expose-gc', import.meta.filename, '--send', count, '--rate', values.rate];
    return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
  };
  const [few, many] = [measure(values.few), measure(values.many)];
  const describe = (count, { peak, held }) => `${count} deliveries: ${peak.toFixed()} MB, ${held.toFixed(1)} MB held`;
  const times = `${(many.peak / few.peak).toFixed(2)} and ${(many.held / few.held).toFixed(2)} times as much`;
  console.log(`${describe(values.few, few)}; ${describe(values.many, many)}; ${times}`);
} else {
  const { load } = await import(pathToFileURL(join(root, 'dist/index.js')).href);
  const { sent, ok, due } = await load({
    provider: 'scalev',
    events: 'order.created',
    to: () => new Response(),
    rate,
    for: (Number(values.send) / rate) * 1000,
    maxInFlight: 20_000,
  }).result();
  // A time that is no whole number of milliseconds may end one delivery short.
  if (ok !== due || due < Number(values.send) - 1)
    throw new Error(`${sent} were sent of ${due} that were due, ${ok} of them ok. Give a lower --rate.`);
  const peak = process.resourceUsage().maxRSS / 1024;
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  console.log(JSON.stringify({ peak, held: (heapUsed + external) / 1e6 }));
}
