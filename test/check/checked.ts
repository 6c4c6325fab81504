import { type CliOptions, cli } from '../support/cli.js';
import { type ProviderName, secret } from './receiver.js';

/** The result of `check --json`. */
export interface Checked {
  readonly exitCode: number;
  readonly stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly cases: any[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly summary: any;
  /** The names of the cases with a verdict. */
  named(verdict: string): string[];
  readonly findings: string[];
}

/** Checks a receiver over the command line. */
export async function checked(
  url: string,
  flags: readonly string[] = [],
  { provider = 'scalev', ...options }: CliOptions & { provider?: ProviderName } = {},
): Promise<Checked> {
  const argv = ['check', provider, '--to', url, '--secret', secret, '--json', ...flags];
  const { exitCode, stderr, json } = await cli(argv, options);
  const cases = json.filter(({ type }) => type === 'case');
  const summary = json.at(-1);
  return {
    exitCode,
    stderr,
    cases,
    summary,
    named: (verdict) => cases.filter((each) => each.verdict === verdict).map(({ name }) => name),
    findings: (summary?.findings ?? []).map(({ name }: { name: string }) => name),
  };
}
