import { assertOptions, type OptionKeys } from './assertOptions.js';
import type { ProviderOptions } from './project/callOptions.js';
import type { AnyProvider, EventName, VariantName } from './providers.js';
import { resolveProvider } from './resolveProvider.js';
import type { SamplePayloads } from './samplePayloads.js';

/** The type of what a sample is one of: any text for a text, and nothing known of what is null or empty. */
type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends null
        ? unknown
        : T extends readonly (infer I)[]
          ? [I] extends [never]
            ? unknown[]
            : Widened<I>[]
          : keyof T extends never
            ? Record<string, unknown>
            : { -readonly [K in keyof T]: Widened<T[K]> };

type Inline<Samples, E extends string> = [keyof Samples & (E | `${E}--${string}`)] extends [never]
  ? unknown
  : Widened<Samples[keyof Samples & (E | `${E}--${string}`)]>;

/**
 * The payload of an event. Its type is made from the samples that ship with the package, or that a custom description holds: what is in
 * them is there, and a provider may send more, less, or null. `unknown` where TypeScript knows no sample, as of those in a folder.
 */
export type Payload<P extends AnyProvider, E extends EventName<P>> = P extends keyof SamplePayloads
  ? E extends keyof SamplePayloads[P]
    ? SamplePayloads[P][E]
    : unknown
  : P extends { readonly samples: infer Samples extends object }
    ? Inline<Samples, E>
    : unknown;

/** The sample that is asked for. */
export interface SampleOptions<P extends AnyProvider, E extends EventName<P>> extends ProviderOptions<P> {
  readonly event: E;
  readonly variant?: VariantName<P> | null;
}

const sampleKeys: OptionKeys<SampleOptions<AnyProvider, string>> = { provider: true, event: true, variant: true };

/** The sample of an event, as `JSON.parse` reads it. Throws a UsageError for an unknown event or variant, or one without a sample. */
export async function samplePayload<const P extends AnyProvider, const E extends EventName<P>>(
  options: SampleOptions<P, E>,
): Promise<Payload<P, E>> {
  assertOptions(options, sampleKeys);
  const { provider: given, event, variant = null } = options;
  const [provider, { loadSample }, { writeJson }] = await Promise.all([
    resolveProvider(given),
    import('../payloads/load.js'),
    import('../json/dialect.js'),
  ]);
  return JSON.parse(writeJson(await loadSample({ provider, event, variant }), 'js'));
}
