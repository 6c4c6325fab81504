import type { ChildProcess } from 'node:child_process';
import type { Header } from '../../core/delivery.js';
import { formatDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import type { NamedRoute } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { PreparedFlow } from '../../flow/prepareFlow.js';
import { findStep, type Snapshot, type TakeSnapshot } from '../../flow/view.js';
import { killWindowsTree } from '../../launch/endTree.js';
import { platform, signalProcess } from '../../launch/system.js';
import { readState } from './flowSettings.js';
import { httpProbe } from './httpProbe.js';

/** Bytes that a state may have. */
const outputLimit = 1024 * 1024;
const complaintLimit = 200;

/** Runs a command in the user's shell, with a flow's identities in its environment; what it prints is the state. */
function commandProbe(command: string, { limitMs }: { readonly limitMs: number }, io: World): TakeSnapshot {
  return async ({ identities }) => {
    const variables = Object.fromEntries([...identities].map(([name, text]) => [variableOf(name), text]));
    const env = { ...io.env, ...variables };
    const { spawn } = await import('node:child_process');
    const child = spawn(command, {
      shell: true,
      cwd: io.cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a process group, so that all of its children can be ended with it.
      detached: platform !== 'win32',
      windowsHide: true,
    });
    return readOutput(child, limitMs, io.interrupted);
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

function readOutput(child: ChildProcess, limitMs: number, signal: AbortSignal): Promise<Snapshot> {
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
  if (platform === 'win32') killWindowsTree(child.pid);
  else signalProcess(-child.pid, 'SIGKILL');
}

export interface ProbeOptions {
  readonly flows: readonly PreparedFlow[];
  /** The URL that deliveries go to, and the way to it. */
  readonly target: string;
  readonly route: NamedRoute;
  /** The user's own headers, which only the target's own host gets. */
  readonly headers: readonly Header[];
  /** Milliseconds that it may take. */
  readonly timeout: number | undefined;
  /** The name of the option, for errors. */
  readonly name: string;
}

/** The default time limit of a probe, in milliseconds. */
const defaultLimitMs = 30_000;

const addressLike = /^(?:[a-z][a-z0-9+.-]*:\/\/\S*|:\d\S*|(?:[\w.-]+|\[[\d:a-f]+\]):\d+(?:\/\S*)?)$/i;
const placeholder = /\{([^{}]*)\}/g;

/** Reads a probe: an address or a command. Throws a UsageError for one that can't be used. */
export function readProbe(text: string, { flows, timeout, name, ...options }: ProbeOptions, io: World): TakeSnapshot {
  const written = text.trim();
  if (written === '') {
    throw new UsageError('BAD_PROBE', `${name} is empty. Give a URL, or a command that prints the state.`);
  }
  const limitMs = timeout ?? defaultLimitMs;
  if (!addressLike.test(written)) return commandProbe(written, { limitMs }, io);
  for (const [, place = ''] of written.matchAll(placeholder)) {
    for (const flow of flows) findStep(flow, place, name);
  }
  const addressFor = (textAt: (place: string) => string) =>
    written.replace(placeholder, (_, place: string) => encodeURIComponent(textAt(place)));
  return httpProbe(addressFor, { ...options, limitMs, name }, io);
}
