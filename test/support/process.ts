import { spawn } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce } from './buildOnce.js';

const root = join(import.meta.dirname, '../..');

/** The bundle, once `bundleCli` has made it. */
export let bundledCli = '';

/** The output of a process of the command line, its exit, its peak memory, and its CPU time. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly peakBytes: number;
  readonly cpuMs: number;
}

/** The same, and the memory that was in use at most after what nobody holds had been freed, which no busy machine makes more of. */
export interface Weighed extends Ended {
  readonly usedBytes: number;
}

/** Whether a file of `dist` is one of the bundle, and not a type or a schema beside it. */
const isBundled = (path: string) => !/\.d\.[cm]?ts$|\.schema\.json$|[\\/](payloadT|t)ypes$/.test(path);

/** Bundles the command line of this source tree as the package has it; what was built of it already is taken. */
export async function bundleCli(): Promise<void> {
  const folder = await buildOnce({
    name: 'bundle',
    inputs: ['src', 'build', 'payloads', 'package.json'],
    async build(folder) {
      const { isCurrent } = await import(join(root, 'build/isCurrent.js'));
      if (isCurrent(root)) await cp(join(root, 'dist'), folder, { recursive: true, filter: isBundled });
      else await (await import(join(root, 'build/bundle.js'))).bundle(folder);
      await writeFile(join(folder, 'package.json'), '{"type":"module"}');
      await writeFile(join(folder, 'main.js'), "import { runProcess } from './cli.js';\nawait runProcess();\n");
    },
  });
  bundledCli = join(folder, 'main.js');
}

const tellUsage = `process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process._rawDebug("peak", maxRSS * 1024, (userCPUTime + systemCPUTime) / 1000);
})`;

const tellUsed = `
import v8 from 'node:v8';
import vm from 'node:vm';
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
let used = 0;
setInterval(() => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  used = Math.max(used, heapUsed + external);
}, 50).unref();
process.on('exit', () => process._rawDebug('used', used));
`;

/** Runs the bundled command line as a process of its own that frees its memory again and again. */
export async function weighProcess(argv: readonly string[]): Promise<Weighed> {
  const { stderr, ...ended } = await runProcess(argv, {}, bundledCli, tellUsed);
  const [line, usedBytes] = /used (\d+)\n/.exec(stderr)!;
  return { ...ended, stderr: stderr.replace(line, ''), usedBytes: Number(usedBytes) };
}

/** Runs the bundled command line, or a copy of it, as a process of its own. */
export async function runProcess(
  argv: readonly string[],
  env: Record<string, string> = {},
  cli = bundledCli,
  before = '',
): Promise<Ended> {
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(before + tellUsage)}`, cli];
  const child = spawn(process.execPath, [...flags, ...argv], { env: { PATH: process.env.PATH ?? '', ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const [line, peakBytes, cpuMs] = /peak (\d+) ([\d.]+)\n/.exec(stderr)!;
  return { exitCode, stdout, stderr: stderr.replace(line, ''), peakBytes: Number(peakBytes), cpuMs: Number(cpuMs) };
}
