import type { Provider } from '../../src/core/provider.js';
import { type CliResult, cli } from './cli.js';

/** A delivery's line of `--json`, and the name of its sample. */
export interface SentSample {
  readonly sample: string;
  readonly outcome: string;
  readonly status: number | null;
}

/** All samples of a provider by name: `<event>`, or `<event>--<variant>`, variant by variant. */
export function sampleNames({ events }: Provider): string[] {
  return variantsOf(events).flatMap((variant) =>
    Object.keys(events)
      .filter((event) => variant === null || variant in (events[event]!.variants ?? {}))
      .map((event) => nameOf({ event, variant })),
  );
}

/** Sends every event and every variant of a provider, with `--all`; what came of each, and how the commands ended. */
export async function sendSamples(
  provider: Provider,
  url: string,
  flags: readonly string[] = [],
): Promise<{ sent: SentSample[]; exitCodes: number[] }> {
  const results: CliResult[] = [];
  for (const variant of variantsOf(provider.events)) {
    const which = variant === null ? ['--all'] : ['--all', '--variant', variant];
    results.push(await cli(['send', provider.name, ...which, '--to', url, '--json', '-q', ...flags]));
  }
  const sent = results
    .flatMap(({ json }) => json)
    .filter(({ type }) => type === 'delivery')
    .map((line) => ({ sample: nameOf(line), outcome: line.outcome, status: line.attempts[0].status }));
  return { sent, exitCodes: results.map(({ exitCode }) => exitCode) };
}

function variantsOf(events: Provider['events']): (string | null)[] {
  return [null, ...new Set(Object.values(events).flatMap(({ variants }) => Object.keys(variants ?? {})))];
}

function nameOf({ event, variant }: { event: string; variant: string | null }): string {
  return variant === null ? event : `${event}--${variant}`;
}
