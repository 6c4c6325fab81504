import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { scriptOf } from './fakeArtillery.js';

const packageFolder = join(import.meta.dirname, '..');
/** A folder with `node_modules/artillery`, and a Node that it runs on; both are too large for every run. */
const { ARTILLERY_FOLDER: installed = packageFolder, ARTILLERY_NODE: node = process.execPath } = process.env;
const artillery = join(installed, 'node_modules/artillery');
const isThere = existsSync(artillery) && isNewEnough(node);

function isNewEnough(path: string): boolean {
  const [major = 0, minor = 0] = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' })
    .split('.')
    .map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

it.runIf(isThere)('runs in Artillery itself, and both count the same', async () => {
  let got = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      got++;
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'artillery-engine-'));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(packageFolder, '../..'), join(folder, 'node_modules/webhook-sim'));
  // Its own imports have to find its dependencies.
  const engine = join(folder, 'node_modules/artillery-engine-webhook-sim');
  for (const part of ['package.json', 'index.js', 'lib'])
    cpSync(join(packageFolder, part), join(engine, part), { recursive: true });
  const steps = [
    { loop: [{ send: 'stripe invoice.paid' }], count: 3 },
    { think: 0.01 },
    { send: { event: 'github push', set: { ref: 'refs/heads/{{ $uuid }}' } } },
  ];
  const script = scriptOf(`http://127.0.0.1:${(server.address() as { port: number }).port}/`, steps);
  const phases = [{ duration: 1, arrivalCount: 5 }];
  writeFileSync(join(folder, 'load.json'), JSON.stringify({ ...script, config: { ...script.config, phases } }));
  const run = spawn(node, [join(artillery, 'bin/run'), 'run', '--output', 'report.json', 'load.json'], {
    cwd: folder,
    // Artillery looks for engines next to itself, and then there.
    env: { ...process.env, NODE_PATH: join(folder, 'node_modules'), ARTILLERY_DISABLE_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (text) => (said += text));
  const exitCode = await new Promise((resolve) => run.on('close', resolve));
  expect(exitCode, said).toBe(0);
  const { counters, summaries } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).aggregate;
  expect(got).toBe(20);
  expect(counters).toMatchObject({
    'vusers.completed': 5,
    'vusers.failed': 0,
    'webhook.requests': 20,
    'webhook.codes.200': 20,
  });
  expect(summaries['webhook.response_time'].count).toBe(20);
});
