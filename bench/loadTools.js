/**
 * `load` beside other tools, in one run: what reached the receiver, and the CPU time of the tool for each. The others post a static body with one signature; ours are made
 * and signed one by one. `node bench/loadTools.js [--rate 500] [--seconds 10] [--rounds 3]`; `hey` and `wrk` are Debian's, `--autocannon FOLDER` and `--artillery FOLDER` say
 * where these are installed (the latter with its engine and this package), `--artillery-node PATH` which Node it runs on. Needs GNU time.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cli, median, root, startReceiver } from './measure.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    autocannon: { type: 'string' },
    artillery: { type: 'string' },
    'artillery-node': { type: 'string', default: process.execPath },
  },
});
const [rate, seconds, rounds] = [values.rate, values.seconds, values.rounds].map(Number);
const connections = 10;
const folder = mkdtempSync(join(tmpdir(), 'load-tools-'));
const payload = JSON.parse(readFileSync(join(root, 'payloads/scalev/events/order.created.json'), 'utf8'));
const headers = {
  'Content-Type': 'application/json',
  'X-Scalev-Hmac-Sha256': 'ypaLTI7ANk28Zvhr0hGOcHT2rhKFdlhOvdDpESOLnEs=',
};
const pairs = Object.entries(headers);
const headerFlags = pairs.flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
const bodyFile = fileOf('body.json', JSON.stringify(payload));
const luaFile = fileOf(
  'post.lua',
  [
    'wrk.method = "POST"',
    `wrk.body = [==[${JSON.stringify(payload)}]==]`,
    ...pairs.map(([name, value]) => `wrk.headers["${name}"] = "${value}"`),
  ].join('\n'),
);

function fileOf(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Artillery with one request for each virtual user. */
function artillery(name, step, config, scenario = {}) {
  if (!values.artillery) return null;
  const phases = [{ duration: seconds, arrivalRate: rate }];
  return (url) => {
    const script = { config: { target: url, phases, ...config }, scenarios: [{ ...scenario, flow: [step(url)] }] };
    const run = join(values.artillery, 'node_modules/artillery/bin/run');
    return [values['artillery-node'], run, 'run', '--quiet', fileOf(name, JSON.stringify(script))];
  };
}

const autocannon = values.autocannon && join(values.autocannon, 'node_modules/autocannon/autocannon.js');
const isThere = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const duration = `${seconds}s`;
const fixed = ['-c', connections, ...headerFlags];
const tools = {
  'webhook-sim load': (url) => [
    ...[process.execPath, cli, 'load', 'scalev', 'order.created', '--to', url, '-q'],
    ...['--rate', `${rate}/s`, '--for', duration],
  ],
  'Artillery, with webhook-sim as its engine': artillery(
    'engine.json',
    () => ({ send: 'scalev order.created' }),
    { engines: { 'webhook-sim': {} } },
    { engine: 'webhook-sim' },
  ),
  'Artillery, static body': artillery('http.json', (url) => ({ post: { url, json: payload, headers } }), {
    http: { pool: connections },
  }),
  'autocannon, static body':
    autocannon &&
    ((url) => [process.execPath, autocannon, '-R', rate, '-d', seconds, '-m', 'POST', '-i', bodyFile, ...fixed, url]),
  'hey, static body':
    isThere('hey') &&
    ((url) => ['hey', '-q', rate / connections, '-z', duration, '-m', 'POST', '-D', bodyFile, ...fixed, url]),
  'wrk, static body, as fast as it can':
    isThere('wrk') && ((url) => ['wrk', '-t', 1, '-c', connections, '-d', duration, '-s', luaFile, url]),
};

/** Returns what one run of a tool sent, and its CPU time. */
async function measure(command, url) {
  const before = Number(await (await fetch(url)).text());
  const { stderr, error } = spawnSync('time', ['-f', 'cpu %U %S', ...command.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true', WORKERS: '1' },
    maxBuffer: 1e8,
  });
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/m.exec(stderr ?? '') ?? [];
  if (user === undefined) throw new Error(`${command[0]}: ${error?.message ?? stderr}`);
  const count = Number(await (await fetch(url)).text()) - before;
  return { perSecond: count / seconds, micros: ((Number(user) + Number(system)) / count) * 1e6 };
}

const receiver = await startReceiver();
const day = new Date().toISOString().slice(0, 10);
console.log(
  `${day}, ${cpus().length} × ${cpus()[0].model}, Node ${process.version}: ${rate}/s for ${duration}, median of ${rounds}\n`,
);
console.log('| tool | reached the receiver | CPU of the tool, each, its start included |\n|---|---|---|');
const rows = new Map(Object.entries(tools).flatMap(([name, make]) => (make ? [[name, { make, runs: [] }]] : [])));
for (let round = 0; round < rounds; round++) {
  for (const { make, runs } of rows.values()) runs.push(await measure(make(receiver.url), receiver.url));
}
for (const [name, { runs }] of rows) {
  const middle = (key) => Math.round(median(runs.map((run) => run[key])));
  console.log(`| ${name} | ${middle('perSecond')}/s | ${middle('micros')} µs |`);
}
receiver.close();
rmSync(folder, { recursive: true });
