/** How long a command takes over a bare `node` with an empty module, as whole processes. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, ratio, seconds } from './measure.js';

const commands = {
  '--version': ['--version'],
  list: ['list'],
  send: ['send', 'scalev', 'order.created', '-q', '--to'],
};

export function startup(node, url, runs) {
  const empty = join(mkdtempSync(join(tmpdir(), 'webhook-sim-bench-')), 'empty.mjs');
  writeFileSync(empty, '');
  return Object.fromEntries(
    Object.entries(commands).map(([name, args]) => {
      const full = args.at(-1) === '--to' ? [...args, url] : args;
      return [
        `start ${name}`,
        ratio(
          runs,
          () => seconds(node, [cli, ...full]),
          () => seconds(node, [empty]),
        ),
      ];
    }),
  );
}
