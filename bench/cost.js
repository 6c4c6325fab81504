/**
 * Deliveries per CPU second of `load` and of `send --count`, over requests per CPU second of a bare undici loop with a static body: on each
 * Node line, in turn, in one run. `node bench/cost.js [--node 20,22,24,26] [--count 20000] [--rate 2000] [--rounds 5]`; the others come from npm.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cli, median, root, startReceiver } from './measure.js';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: '20,22,24,26' },
    count: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
  },
});
const [count, rate, rounds] = [values.count, values.rate, values.rounds].map(Number);
const concurrency = 20;
const tell = `process.on('exit', () => { const { userCPUTime, systemCPUTime } = process.resourceUsage(); process._rawDebug('cpu', userCPUTime + systemCPUTime); })`;

/** CPU seconds of a run, all its threads together. */
function cpuSeconds(node, args) {
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`];
  const { status, stderr } = spawnSync(node, [...flags, ...args.map(String)], { cwd: root, encoding: 'utf8' });
  const [, micros] = /^cpu (\d+)$/m.exec(stderr) ?? [];
  // A load that is not judged, as this machine is busy, has sent all the same.
  if (status > 1 || micros === undefined) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(micros) / 1e6;
}

const event = ['scalev', 'order.created', '-q', '--to'];
const kinds = {
  bare: (url, n) => [join(root, 'bench/bareLoop.js'), url, n, concurrency],
  send: (url, n) => [cli, 'send', ...event, url, '--no-log', '--count', n, '--concurrency', concurrency],
  load: (url, n) => [
    cli,
    'load',
    ...event,
    url,
    '--rate',
    `${rate}/s`,
    '--for',
    `${Math.round((n / rate) * 1000)}ms`,
    '--max-in-flight',
    20_000,
  ],
};
const few = 1000;

const receiver = await startReceiver();
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0].model}, ${count} deliveries of 2.5 kB, median of ${rounds} rounds\n`,
);
console.log(
  `| Node | bare undici, µs of CPU | send --count, µs | load at ${rate}/s, µs | send over bare | load over bare |\n|---|---|---|---|---|---|`,
);
for (const line of values.node.split(',')) {
  const node = execFileSync('npx', ['-y', '-p', `node@${line}`, 'node', '-p', 'process.execPath'], {
    encoding: 'utf8',
  }).trim();
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const perDelivery = (kind) =>
    ((cpuSeconds(node, kinds[kind](receiver.url, count)) - cpuSeconds(node, kinds[kind](receiver.url, few))) /
      (count - few)) *
    1e6;
  const all = Array.from({ length: rounds }, () => ({
    bare: perDelivery('bare'),
    send: perDelivery('send'),
    load: perDelivery('load'),
  }));
  const micros = (kind) => median(all.map((round) => round[kind])).toFixed(1);
  const over = (kind) => median(all.map((round) => round.bare / round[kind])).toFixed(2);
  console.log(
    `| ${version} | ${micros('bare')} | ${micros('send')} | ${micros('load')} | ${over('send')} | ${over('load')} |`,
  );
}
receiver.close();
