import { expect } from 'vitest';
import { type CliOptions, type CliResult, cli } from '../support/cli.js';

/** The result of one delivery, and all that was printed about it. */
export interface Sent {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly delivery: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly attempt: any;
  readonly exitCode: number;
  readonly stderr: string;
  /** Everything that a human, a verbose and a JSON run printed. */
  readonly output: string;
}

/** Sends one delivery as JSON, verbosely and with the secrets of `canaries` nowhere in what is printed. */
export async function sent(
  to: string,
  args: readonly string[] = [],
  { canaries = [], ...options }: CliOptions & { canaries?: readonly string[] } = {},
): Promise<Sent> {
  const command = ['send', 'scalev', 'order.created', '--to', to, '--timeout', '2s', ...args];
  const json = await cli([...command, '--json'], options);
  const others: CliResult[] = [];
  for (const flag of ['-v', '--dry-run', '--curl']) others.push(await cli([...command, flag], options));
  const output = [json, ...others].map(({ stdout, stderr }) => stdout + stderr).join('');
  for (const canary of canaries) expect(output).not.toContain(canary);
  expect(json.stdout, json.stderr).not.toBe('');
  const [delivery] = json.json;
  expect(others[0]!.exitCode).toBe(json.exitCode);
  return { delivery, attempt: delivery.attempts[0], exitCode: json.exitCode, stderr: json.stderr, output };
}
