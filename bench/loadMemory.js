/**
 * The memory of a load of few and of many deliveries: the same rate, for a short and for a long time, to a handler in this process, each in a process of its own.
 * `node bench/loadMemory.js [--few 1000] [--many 1000000]`.
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
    send: { type: 'string' },
  },
});
/** More arrivals are asked for than there is time for: what is due waits for nobody, and is sent as soon as it can be. */
const rate = 100_000;

if (values.send === undefined) {
  const peak = (count) =>
    Number(execFileSync(process.execPath, [import.meta.filename, '--send', count], { encoding: 'utf8' }));
  const [few, many] = [peak(values.few), peak(values.many)];
  console.log(
    `${values.few} deliveries: ${Math.round(few)} MB; ${values.many}: ${Math.round(many)} MB; ${(many / few).toFixed(2)} times as much`,
  );
} else {
  const { load } = await import(pathToFileURL(join(root, 'dist/index.js')).href);
  const { sent, ok } = await load({
    provider: 'scalev',
    events: 'order.created',
    to: () => new Response(),
    rate,
    for: (Number(values.send) / rate) * 1000,
    maxInFlight: 20_000,
  }).result();
  if (sent !== Number(values.send) || ok !== sent) throw new Error(`${sent} were sent, ${ok} of them ok`);
  console.log(process.resourceUsage().maxRSS / 1024);
}
