import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const folder = join(root, `node_modules/.cache/webhook-sim-test-${process.pid}`);

/** The bundle, once `bundleCli` has made it. */
export const bundledCli = join(folder, 'main.js');

/** What a process of the command line printed, how it ended and how much memory it held at most. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly peakBytes: number;
}

/** Bundles the command line of this source tree as the package has it; to be removed with `removeBundle`. */
export async function bundleCli(): Promise<void> {
  const { bundle } = await import(join(root, 'build/bundle.js'));
  await bundle(folder);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(bundledCli, "import { run } from './cli.js';\nawait run();\n");
}

export async function removeBundle(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

const tellPeak = 'process.on("exit", () => process._rawDebug("peak", process.resourceUsage().maxRSS * 1024))';

/** Runs the bundled command line as a process of its own. */
export async function runProcess(argv: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(tellPeak)}`, bundledCli];
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
  const peak = /peak (\d+)\n/.exec(stderr)!;
  return { exitCode, stdout, stderr: stderr.replace(peak[0], ''), peakBytes: Number(peak[1]) };
}
