import type { AnyProvider, EventName } from './providers.js';
import { resolveProvider } from './resolveProvider.js';
import type { SamplePayloads } from './samplePayloads.js';

/**
 * The payload of an event. Its type is made from the samples that ship with the package: what they hold is there, and a provider may send
 * more, less, or null. `unknown` for an event without a sample, as in providers of your own.
 */
export type Payload<P extends AnyProvider, E extends EventName<P>> = P extends keyof SamplePayloads
  ? E extends keyof SamplePayloads[P]
    ? SamplePayloads[P][E]
    : unknown
  : unknown;

/** The sample of an event that ships with the package, as `JSON.parse` reads it. Throws a UsageError for an unknown event or variant. */
export async function samplePayload<P extends AnyProvider, E extends EventName<P>>({
  provider: given,
  event,
  variant = null,
}: {
  readonly provider: P;
  readonly event: E;
  readonly variant?: string | null;
}): Promise<Payload<P, E>> {
  const [provider, { loadSample }, { writeJson }] = await Promise.all([
    resolveProvider(given),
    import('../payloads/load.js'),
    import('../json/dialect.js'),
  ]);
  return JSON.parse(writeJson(await loadSample({ provider, event, variant }), 'js'));
}
