import type { ChildProcess } from 'node:child_process';
import { formatDuration } from '../../core/duration.js';
import type { World } from '../../core/world.js';
import type { Snapshot, TakeSnapshot } from '../../flow/snapshot.js';
import { platform, tell } from '../../launch/system.js';
import { readState } from './readState.js';

/** Bytes that a state may have. */
const outputLimit = 1024 * 1024;
const complaintLimit = 200;

/** Runs a command in the user's shell, with a flow's identities in its environment; what it prints is the state. */
export function commandProbe(command: string, { limitMs }: { readonly limitMs: number }, io: World): TakeSnapshot {
  return async ({ identities }) => {
    const variables = Object.fromEntries([...identities].map(([name, text]) => [variableOf(name), text]));
    const env = { ...io.env, ...variables };
    const { spawn } = await import('node:child_process');
    const child = spawn(command, {
      shell: true,
      cwd: io.cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a group of its own, which can be ended with all that it started.
      detached: platform !== 'win32',
      windowsHide: true,
    });
    return outcomeOf(child, limitMs, io.interrupted);
  };
}

/** The environment variable of an identity: `FLOW_DATA_ORDER_ID` for `data.orderId`. */
export function variableOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return `FLOW_${words.join('_').toUpperCase()}`;
}

function outcomeOf(child: ChildProcess, limitMs: number, signal: AbortSignal): Promise<Snapshot> {
  return new Promise((resolve) => {
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    const end = (snapshot: Snapshot) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      if (child.exitCode === null && child.signalCode === null) kill(child);
      resolve(snapshot);
    };
    const fail = (message: string, outcome: 'rejected' | 'timed_out' = 'rejected') =>
      end({ ok: false, outcome, message });
    const stop = () => fail('The probe was interrupted.');
    const timer = setTimeout(
      () => fail(`The probe took longer than ${formatDuration(limitMs)}.`, 'timed_out'),
      limitMs,
    );
    signal.addEventListener('abort', stop, { once: true });
    child.stdout?.on('data', (chunk: Buffer) => {
      output.push(chunk);
      size += chunk.length;
      if (size > outputLimit) fail('The state is larger than the 1 MiB that a probe may print.');
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (complaint.length < complaintLimit) complaint += chunk.toString('utf8').slice(0, complaintLimit);
    });
    child.on('error', ({ message }) => fail(`The probe can't be started: ${message}.`));
    child.on('close', (code, by) => {
      if (code === 0) return end({ ok: true, state: readState(Buffer.concat(output)) });
      const words = complaint.trim() === '' ? '' : `: ${complaint.trim()}`;
      fail(`The probe ${by ? `was ended by ${by}` : `ended with exit code ${code}`}${words}`);
    });
  });
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (platform === 'win32') child.kill();
  else tell(-child.pid, 'SIGKILL');
}
