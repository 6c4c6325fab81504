/** Shared by the benchmarks: whole processes, timed in turn so that a machine that drifts drifts for both. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const cli = join(root, 'bin/webhook-sim.js');

/** Seconds that a command takes, its output thrown away; throws where it fails. */
export function seconds(command, args) {
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, { stdio: 'ignore', cwd: root, env: cleanEnv() });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${error?.message ?? status}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Seconds of the processor, user and system together, that a command takes in the mean of some times; throws where it fails. */
export function cpuSeconds(command, args, times = 1) {
  const loop = `i=0; while [ $i -lt ${times} ]; do "$@" >/dev/null 2>&1 || exit 1; i=$((i + 1)); done; times`;
  const { status, stdout } = spawnSync('sh', ['-c', loop, 'sh', command, ...args], {
    cwd: root,
    env: cleanEnv(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
  const children = stdout.trim().split('\n').at(-1);
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => minutes * 60 + Number(rest));
  return parts.reduce((sum, part) => sum + part, 0) / times;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median of A/B over pairs that run one after the other. */
export function ratio(runs, a, b) {
  a();
  b();
  return median(Array.from({ length: runs }, () => a() / b()));
}

function cleanEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|SECRET/.test(name)));
}

/** Starts the receiver of the benchmarks; `close` ends it. */
export async function startReceiver() {
  const child = spawn(process.execPath, [join(root, 'bench/receiver.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(Number(String(data)))));
  return { url: `http://127.0.0.1:${port}/`, close: () => child.kill() };
}
