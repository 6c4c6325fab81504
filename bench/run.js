/**
 * Runs the benchmarks and holds their ratios against the budgets and against bench/baseline.json: a regression of more than
 * 10 % fails. `node bench/run.js [--node 20,22,24,26] [--full] [--write]`: Node lines from npm in place of the one that
 * runs this, a million deliveries, a new baseline.
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

/** The limits on every Node line: at most, or at least. */
const everywhere = {
  'start --version': { most: 1.05 },
  'start --version, processor': { most: 1.05 },
  'start list': { most: 1.25 },
  'start list, processor': { most: 1.25 },
  'start send': { most: 2 },
  'start send, processor': { most: 2 },
  'send with 300 providers over 5': { most: 1.05 },
  'send of the largest event of GitHub over one of Scalev': { most: 1.05 },
  'send of the largest event of Stripe over one of Scalev': { most: 1.05 },
  'list of one with 300 providers over 5': { most: 1.05 },
  'memory of the long run over the short one': { most: 1.5 },
  'prepared over JSON.stringify and HMAC': { most: 1.3 },
  'unpacked MB': { most: 8 },
  'packed MB': { most: 2 },
  'type-checking an importer over one without names': { most: 1.1 },
  'suite over one send': { most: 2 },
  'openssl and curl over the suite': { least: 4 },
};
/** The limits on one line alone. */
const onLine = {
  v20: {
    'start send': { most: 1.8 },
    'start send, processor': { most: 1.8 },
    'throughput over undici': { least: 0.6 },
  },
};

const nodes = values.node ? values.node.split(',').map(nodeOfLine) : [process.execPath];
const file = join(root, 'bench/baseline.json');
const baselines = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const failures = [];
const receiver = await startReceiver();
const sameOnAll = { ...size(), ...types(9) };
for (const node of nodes) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  report(version, { ...measured(node, receiver.url), ...sameOnAll });
}
receiver.close();
if (values.write) writeFileSync(file, `${JSON.stringify(baselines, null, 2)}\n`);
if (failures.length > 0) {
  console.error(`Over budget, or more than 10 % worse than the baseline: ${failures.join('; ')}`);
  process.exitCode = 1;
}

/** The newest Node of a line, from npm. */
function nodeOfLine(line) {
  return execFileSync('npx', ['-y', '-p', `node@${line}`, 'node', '-p', 'process.execPath'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** Returns the measures that differ from line to line. */
function measured(node, url) {
  return {
    ...startup(node, url, 21),
    ...catalogue(node, url, 21),
    ...suite(node, url, 21),
    ...throughput(node, url, values.full ? 100_000 : 20_000, 5),
    ...memory(node, url, values.full ? 1_000_000 : 50_000),
    ...prepared(node),
    ...others(node, url, 9),
  };
}

function report(version, figures) {
  const line = version.split('.')[0];
  const budgets = { ...everywhere, ...onLine[line] };
  console.log(`| Node ${version} | figure | baseline | budget |\n|---|---|---|---|`);
  for (const [name, value] of Object.entries(figures)) {
    const { most, least } = budgets[name] ?? {};
    const before = baselines[line]?.[name];
    const wrong = value > most || value < least;
    const worse = budgets[name] && before && (least ? value < before * 0.9 : value > before * 1.1);
    if (wrong || worse) failures.push(`${name} on ${version}: ${value.toFixed(2)}`);
    console.log(
      `| ${name} | ${Number(value.toFixed(2))} | ${before ?? '-'} | ${most ? `≤ ${most}` : least ? `≥ ${least}` : '-'} |`,
    );
  }
  if (!values.write) return;
  baselines[line] = Object.fromEntries(Object.keys(budgets).map((name) => [name, Number(figures[name].toFixed(2))]));
}
