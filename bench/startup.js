/** The time of a command over a bare `node` with an empty module, as whole processes: by the clock, and on the processor. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, cpuSeconds, ratio, seconds } from './measure.js';

const commands = {
  '--version': ['--version'],
  list: ['list'],
  send: ['send', 'scalev', 'order.created', '-q', '--to'],
};

/** Runs that are counted together on the processor, whose ticks are of 10 ms. */
const together = 7;

export function startup(node, url, runs) {
  const empty = join(mkdtempSync(join(tmpdir(), 'webhook-sim-bench-')), 'empty.mjs');
  writeFileSync(empty, '');
  return Object.fromEntries(
    Object.entries(commands).flatMap(([name, args]) => {
      const full = args.at(-1) === '--to' ? [...args, url] : args;
      const over = (count, take) =>
        ratio(
          count,
          () => take(node, [cli, ...full]),
          () => take(node, [empty]),
        );
      return [
        [`start ${name}`, over(runs, seconds)],
        [`start ${name}, processor`, over(Math.ceil(runs / together), (...call) => cpuSeconds(...call, together))],
      ];
    }),
  );
}
