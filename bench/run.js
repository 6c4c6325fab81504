/**
 * Runs the benchmarks and holds their ratios against the budgets and against bench/baseline.json: a regression of more than
 * 10 % fails. `node bench/run.js [--node 22] [--full] [--write]`: another Node line from npm, a million deliveries,
 * a new baseline.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogue } from './catalogue.js';
import { root, startReceiver } from './measure.js';
import { memory } from './memory.js';
import { others } from './others.js';
import { prepared } from './prepared.js';
import { size } from './size.js';
import { startup } from './startup.js';
import { suite } from './suite.js';
import { throughput } from './throughput.js';
import { types } from './types.js';

const { values } = parseArgs({
  options: { node: { type: 'string' }, full: { type: 'boolean' }, write: { type: 'boolean' } },
});

/** What must hold on the Node 20 line: at most, or at least. */
const budgets = {
  'start --version': { most: 1.25 },
  'start list': { most: 1.35 },
  'start send': { most: 1.9 },
  'send with 300 providers over 5': { most: 1.05 },
  'send of a large event of GitHub over one of Scalev': { most: 1.05 },
  'list of one with 300 providers over 5': { most: 1.05 },
  'throughput over undici': { least: 0.6 },
  'memory of the long run over the short one': { most: 1.5 },
  'prepared over JSON.stringify and HMAC': { most: 1.3 },
  'unpacked MB': { most: 8 },
  'packed MB': { most: 2 },
  'type-checking an importer over one with five providers': { most: 1.1 },
  'suite over one send': { most: 2 },
  'openssl and curl over the suite': { least: 4 },
};

const node = values.node
  ? execFileSync('npx', ['-y', '-p', `node@${values.node}`, 'node', '-p', 'process.execPath'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  : process.execPath;
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
const receiver = await startReceiver();
const figures = {
  ...startup(node, receiver.url, 21),
  ...catalogue(node, receiver.url, 21),
  ...suite(node, receiver.url, 21),
  ...throughput(node, receiver.url, values.full ? 100_000 : 20_000, 5),
  ...memory(node, receiver.url, values.full ? 1_000_000 : 50_000),
  ...prepared(node),
  ...size(),
  ...types(9),
  ...others(node, receiver.url, 9),
};
receiver.close();

const line = version.split('.')[0];
const file = join(root, 'bench/baseline.json');
const baselines = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const failures = [];
console.log(`| Node ${version} | figure | baseline | budget |\n|---|---|---|---|`);
for (const [name, value] of Object.entries(figures)) {
  const { most, least } = (line === 'v20' && budgets[name]) || {};
  const before = baselines[line]?.[name];
  const wrong = value > most || value < least;
  const worse = budgets[name] && before && (budgets[name].least ? value < before * 0.9 : value > before * 1.1);
  if (wrong || worse) failures.push(`${name}: ${value.toFixed(2)}`);
  console.log(
    `| ${name} | ${Number(value.toFixed(2))} | ${before ?? '-'} | ${most ? `≤ ${most}` : least ? `≥ ${least}` : '-'} |`,
  );
}
if (values.write) {
  baselines[line] = Object.fromEntries(Object.keys(budgets).map((name) => [name, Number(figures[name].toFixed(2))]));
  writeFileSync(file, `${JSON.stringify(baselines, null, 2)}\n`);
}
if (failures.length > 0) {
  console.error(`Over budget, or more than 10 % worse than the baseline: ${failures.join('; ')}`);
  process.exitCode = 1;
}
