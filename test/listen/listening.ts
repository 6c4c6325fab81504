import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io/io.js';
import { main } from '../../src/cli/main.js';
import { SecretMask } from '../../src/core/secretMask.js';

/** A listener that runs in this process. */
export interface Listening {
  readonly url: string;
  /** Its JSON output so far. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly lines: any[];
  readonly ended: Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
}

interface ListeningOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly json?: boolean;
  /** The time; by default that of this machine. */
  readonly now?: () => number;
}

/** Starts `listen` on a free port, and waits until it listens; stopped with the test. */
export async function listening(
  argv: readonly string[],
  { env = {}, cwd = process.cwd(), json = true, now = Date.now }: ListeningOptions = {},
): Promise<Listening> {
  const stop = new AbortController();
  const printed = { stdout: '', stderr: '' };
  const lines: unknown[] = [];
  let found: (url: string) => void = () => {};
  const url = new Promise<string>((resolve) => {
    found = resolve;
  });
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    columns: 80,
    write(text: string) {
      printed[name] += text;
      const [at] = /http:\/\/127\.0\.0\.1:\d+\//.exec(text) ?? [];
      if (at && /istening/.test(text)) found(at);
      if (json && name === 'stdout')
        lines.push(
          ...text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        );
    },
  });
  const io: Io = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    errorStyle: { json: false, quiet: false },
    readStdin: async () => Buffer.alloc(0),
    stdinIsTTY: false,
    env: { GITHUB_WEBHOOK_SECRET: 'shared', ...env },
    cwd,
    clock: { now, sleep: async (ms, signal) => void (await setTimeout(ms, undefined, signal && { signal })) },
    secrets: new SecretMask(),
    entropy: randomBytes,
    interrupted: stop.signal,
    disableWasmTierUp: () => {},
    edit: async (text) => text,
    onKey: () => () => {},
  };
  const flags = ['--port', '0', ...(json ? ['--json'] : [])];
  const ended = main(['listen', ...argv, ...flags], io).then((exitCode) => ({ exitCode, ...printed }));
  onTestFinished(async () => {
    stop.abort('SIGINT');
    await ended;
  });
  const first = await Promise.race([url, ended]);
  if (typeof first !== 'string') throw new Error(`listen ended before it listened. ${first.stderr}`);
  return { url: first, lines, ended };
}
