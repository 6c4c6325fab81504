import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { bundledCli } from './process.js';

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
}

/** A person at a terminal: types, and sees what is written after what was seen before. */
export interface Terminal {
  /** All that was written, with its control sequences. */
  readonly raw: string;
  /** The same as text. */
  readonly text: string;
  /** Its exit code, as a shell tells it. */
  readonly ended: Promise<number>;
  type(keys: string): void;
  see(text: string | RegExp): Promise<void>;
  /** Types a text and presses Enter once an answer to it stands on the screen. */
  find(typed: string, seen: string | RegExp): Promise<void>;
}

export const keys = { enter: '\r', escape: '\u001b', down: '\u001b[B', ctrlC: '\u0003', ctrlD: '\u0004' };

/** Runs the bundled command line in a terminal of its own; killed when the test ends. */
export function terminal(argv: readonly string[], { env, cwd, columns = 100, rows = 40 }: TerminalOptions): Terminal {
  const child = spawn(process.execPath, [bundledCli, ...argv], {
    cwd,
    cols: columns,
    rows,
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8', HOME: cwd, ...env },
  });
  let raw = '';
  let from = 0;
  let heard = () => {};
  const text = () => stripVTControlCharacters(raw).replaceAll('\r', '');
  child.onData((data) => {
    raw += data;
    heard();
  });
  let over = false;
  const ended = new Promise<number>((resolve) =>
    child.onExit(({ exitCode, signal }) => {
      over = true;
      heard();
      resolve(signal ? 128 + signal : exitCode);
    }),
  );
  onTestFinished(() => {
    if (!over) child.kill('SIGKILL');
  });
  const see = (wanted: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${why} before ${wanted}:\n${text().slice(from)}`));
      const timer = setTimeout(() => fail('nothing more'), 30_000);
      heard = () => {
        const rest = text().slice(from);
        const found = typeof wanted === 'string' ? wanted : (wanted.exec(rest)?.[0] ?? '\0');
        const at = rest.indexOf(found);
        if (at < 0 && !over) return;
        clearTimeout(timer);
        heard = () => {};
        if (at < 0) return fail('ended');
        from += at + found.length;
        resolve();
      };
      heard();
    });
  const type = (typed: string) => {
    from = text().length;
    child.write(typed);
  };
  return {
    get raw() {
      return raw;
    },
    get text() {
      return text();
    },
    ended,
    type,
    see,
    async find(typed, seen) {
      type(typed);
      await see(seen);
      type(keys.enter);
    },
  };
}
