import { SecretMask } from '../core/secretMask.js';
import { version } from '../core/version.js';
import { exitCodes } from './io/exitCode.js';
import { isInteractive } from './io/interactive.js';
import type { Io, Key } from './io/io.js';
import { output } from './io/output.js';
import { Signals } from './io/signals.js';

/** The newest Node whose V8 was seen to know the flag; an unknown one would print an error. */
const newestKnown = 26;

/**
 * Keeps V8 from optimising undici's WebAssembly parser in the background, for a run of few deliveries: at exit the engine waits for that work, and on
 * Node 20 it takes longer than the whole run. To be called before the first connection.
 */
function disableWasmTierUp(): void {
  if (Number.parseInt(process.versions.node, 10) > newestKnown) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--wasm-tiering-budget=1000000000');
}

/** Milliseconds that a reader is given to take the rest after the process was given to end. */
const partingMs = 500;
/** Milliseconds after which the exit no longer waits for stragglers, such as a name's look-up that hangs. */
const lingerMs = 250;

/** The command line as a process: the real streams, clock, randomness and signals, each loaded when it is first used. */
export async function runProcess(): Promise<void> {
  const argv = process.argv.slice(2);
  const signals = new Signals();
  const stderr = output(
    2,
    () => process.stderr,
    () => {},
  );
  const stdout = output(
    1,
    () => process.stdout,
    ({ code, message }) => {
      // A reader that goes away (`| head`) has what it wanted; what a full disk did not take is lost.
      const reason = message.replace(/, write$/, '');
      if (code !== 'EPIPE')
        stderr.write(`webhook-sim: stdout can't be written, and the rest of the output is lost: ${reason}.\n`);
      signals.abort(code);
    },
  );
  const end = async (code: number) => {
    if (!signals.received) signals.release();
    const written = Promise.all([stdout.behind, stderr.behind]);
    await (signals.received ? Promise.race([written, parting()]) : written);
    // Output that was not read is no success, whatever the receivers answered.
    process.exitCode = code === exitCodes.ok && stdout.broken ? exitCodes.rejected : code;
    const leave = () => {
      signals.release();
      // On Windows that would end it with 1, whatever the exit code.
      if (signals.received && process.platform !== 'win32') process.kill(process.pid, signals.received);
      else process.exit();
    };
    setTimeout(leave, lingerMs).unref();
  };
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    stdout.write(`${version}\n`);
    return end(exitCodes.ok);
  }
  const { main, printUncaughtError: printLateError } = await import('./main.js');
  const io: Io = {
    stdout,
    stderr,
    readStdin,
    standardStreams: () => ({ input: process.stdin, output: process.stdout }),
    errorStyle: { json: false, quiet: false },
    get stdinIsTTY() {
      return process.stdin.isTTY === true;
    },
    env: process.env,
    get cwd() {
      return process.cwd();
    },
    clock: { now: Date.now, sleep },
    secrets: new SecretMask(),
    entropy: (bytes) => process.getBuiltinModule('node:crypto').randomBytes(bytes),
    get interrupted() {
      return signals.take();
    },
    disableWasmTierUp,
    edit: async (text) => {
      const { editText } = await import('./io/editText.js');
      return signals.aside(() => editText(text, process.env, process.platform === 'win32'));
    },
    get askHidden() {
      if (!isInteractive(io)) return undefined;
      return async (message: string) => (await import('./prompts/picker.js')).askHiddenOnce(message, io);
    },
    onKey: (listener) => {
      const onKeypress = (_: string, key: Key) => listener(key);
      process.stdin.on('keypress', onKeypress);
      return () => process.stdin.removeListener('keypress', onKeypress);
    },
  };
  process.once('uncaughtException', async (error) => {
    process.exit(await printLateError(error, import.meta.dirname, io));
  });
  await end(await main(argv, io));
}

function parting(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, partingMs).unref());
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

async function readStdin(limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    total += (chunk as Buffer).length;
    if (total > limit) break;
  }
  return Buffer.concat(chunks);
}
