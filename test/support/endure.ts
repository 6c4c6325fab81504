import { beforeAll, expect } from 'vitest';
import { type CliOptions, type CliResult, cli } from './cli.js';

/** Milliseconds that a send is given to a receiver that answers or fails; more than a busy machine needs. */
const usualLimitMs = 20_000;

/** The result of an exchange with a rude receiver, as each report has it. */
export interface Endured {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly delivery: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly attempt: any;
  readonly exitCode: number;
  readonly human: CliResult;
  readonly verbose: CliResult;
}

interface EndureOptions extends CliOptions {
  readonly limitMs?: number;
  /** The error message, where it may vary. */
  readonly message?: RegExp;
}

// The first run loads the modules, which takes longer than a time limit.
beforeAll(() => cli(['send', 'scalev', 'order.created', '-v']));

/** Controls but the line feed, and what reorders or hides text. */
const unsafe =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const stackTrace = /\n\s+at \S+ \(|node:internal|AssertionError|\[object /;

const sending = ['send', 'scalev', 'order.created'];
let loaded: Promise<unknown> | null = null;

/**
 * Sends one delivery three times at once, reported for people, verbosely and as JSON, and holds what must hold whatever a receiver does:
 * the time limit, safe and short output without a stack trace, and reports that agree.
 */
export async function endure(
  url: string,
  args: readonly string[] = [],
  { limitMs = usualLimitMs, message, ...options }: EndureOptions = {},
): Promise<Endured> {
  // Modules are loaded before the time limit runs: a busy machine takes seconds for it.
  loaded ??= Promise.all(['--json', '-v'].map((flag) => cli([...sending, '--to', 'demo', flag])));
  await loaded;
  const command = [...sending, '--to', url, '--timeout', `${limitMs}ms`, ...args];
  // A timer of the same process is as late as the machine makes it.
  let limitAt = Number.POSITIVE_INFINITY;
  const timer = setTimeout(() => {
    limitAt = performance.now();
  }, limitMs);
  const [json, human, verbose] = (await Promise.all(
    [[...command, '--json'], command, [...command, '-v']].map((argv) => cli(argv, options)),
  )) as [CliResult, CliResult, CliResult];
  clearTimeout(timer);
  const lateMs = performance.now() - limitAt;
  for (const { stdout, stderr } of [json, human, verbose]) {
    expect(stdout + stderr).not.toMatch(unsafe);
    expect(stdout + stderr).not.toMatch(stackTrace);
    expect(Buffer.from(stdout + stderr).toString()).toBe(stdout + stderr);
  }
  expect(lateMs).toBeLessThan(2000);
  expect([human.exitCode, verbose.exitCode]).toEqual([json.exitCode, json.exitCode]);
  const [delivery, summary] = json.json;
  expect(summary).toMatchObject({ type: 'summary', sent: 1, outcomes: { [delivery.outcome]: 1 } });
  const attempt = delivery.attempts[0];
  expectOneClearLine(human, message ?? attempt.error?.message);
  expectTimes(attempt);
  return { delivery, attempt, exitCode: json.exitCode, human, verbose };
}

/** One line for the delivery, and below it at most a reason and an excerpt, each on its line. */
function expectOneClearLine({ stdout }: CliResult, message: string | RegExp | undefined): void {
  const [line, ...below] = stdout.trimEnd().split('\n');
  expect(line).toMatch(/^\d\d:\d\d:\d\d (✓|✗) (\d{3}|---) scalev order\.created [\d,.]+ ms/);
  expect(below.length).toBeLessThanOrEqual(2);
  if (typeof message === 'string') expect(below[0]).toBe(`  ${message}`);
  else if (message) expect(below[0]).toMatch(message);
  for (const text of below) expect(text.length).toBeLessThan(300);
}

/** The phases are told as far as they went, and add up to the whole. */
// biome-ignore lint/suspicious/noExplicitAny: an attempt as JSON
function expectTimes({ timing, error }: any): void {
  const { totalMs, reused, ...phases } = timing;
  const order = ['dnsMs', 'connectMs', 'tlsMs', 'sendMs', 'waitMs', 'receiveMs'];
  const last = error ? `${error.phase}Ms` : 'receiveMs';
  for (const name of order.slice(order.indexOf(last) + 1)) expect(phases[name], name).toBeNull();
  expect(phases[last]).toBeGreaterThanOrEqual(0);
  const sum = Object.values(phases as Record<string, number | null>).reduce<number>((all, ms) => all + (ms ?? 0), 0);
  expect(sum).toBeLessThanOrEqual(totalMs + 1);
  expect(reused).toBe(false);
}
