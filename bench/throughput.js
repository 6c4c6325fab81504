/** Deliveries per second of `send --count`, over requests per second of a bare undici loop; start-up subtracted from both. */
import { join } from 'node:path';
import { cli, median, root, seconds } from './measure.js';

const concurrency = 20;
/** More than a short run, which `send` tunes for its start. */
const few = 501;

export function throughput(node, url, count, runs) {
  const bare = (n) => seconds(node, [join(root, 'bench/bareLoop.js'), url, n, concurrency]);
  const ours = (n) =>
    seconds(node, [
      cli,
      'send',
      'scalev',
      'order.created',
      '-q',
      '--to',
      url,
      '--count',
      n,
      '--concurrency',
      concurrency,
    ]);
  const rates = Array.from({ length: runs }, () => ({
    bare: (count - few) / (bare(count) - bare(few)),
    ours: (count - few) / (ours(count) - ours(few)),
  }));
  return {
    'throughput over undici': median(rates.map((rate) => rate.ours / rate.bare)),
    'deliveries per second': Math.round(median(rates.map((rate) => rate.ours))),
  };
}
