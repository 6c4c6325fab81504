import { type Captured, captureServer } from '../support/capture.js';
import { type CliOptions, type CliResult, cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

/** An answer with a body. */
export function answer(status: number, body = '', headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Any\r\n${lines.join('')}Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`;
}

export interface RunOptions extends Omit<CliOptions, 'cwd'> {
  /** The receiver's answer; by default 200. */
  readonly answer?: string | ((request: Captured) => string);
  /** Further files beside the suite. */
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

export interface SuiteRan extends CliResult {
  /** The requests that reached the receiver. */
  readonly requests: readonly Captured[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly results: any[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly summary: any;
}

/** Runs a suite; RECEIVER in a file or argument is the address of a receiver, PORT its port. */
export async function runSuite(suite: string, options: RunOptions = {}): Promise<SuiteRan> {
  const server = await captureServer(options.answer ?? answer(200, 'ok'));
  const placed = (text: string) => text.replaceAll('RECEIVER', server.url).replaceAll('PORT', String(server.port));
  const files = { 'smoke.webhooks.yaml': suite, ...options.files };
  const cwd = folderOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, placed(text)])));
  const args = (options.args ?? []).map(placed);
  const ran = await cli(['run', ...args], { ...options, cwd });
  const { exitCode, stdout, stderr } = ran;
  return {
    exitCode,
    stdout,
    stderr,
    requests: server.requests,
    get json() {
      return ran.json;
    },
    get results() {
      return ran.json.filter(({ type }) => type === 'result');
    },
    get summary() {
      return ran.json.at(-1);
    },
  };
}

/** Runs a suite and reports it as JSON lines. */
export function runJson(suite: string, options: RunOptions = {}): Promise<SuiteRan> {
  return runSuite(suite, { ...options, args: ['--json', ...(options.args ?? [])] });
}
