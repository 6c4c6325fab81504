import type { Provider } from '../core/provider.js';
import { unknownName } from '../core/unknownName.js';

/** Which sample: an event of a provider, in its usual form or as a variant. */
export interface SampleName {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
}

/** The file name of a sample: `<event>.json` or `<event>--<variant>.json`. */
export function sampleFile({ event, variant }: Pick<SampleName, 'event' | 'variant'>): string {
  return variant === null ? `${event}.json` : `${event}--${variant}.json`;
}

/** The names of all samples that a provider's events and variants call for. */
export function sampleNames(provider: Provider): SampleName[] {
  return Object.entries(provider.events).flatMap(([event, { variants = {} }]) =>
    [null, ...Object.keys(variants)].map((variant) => ({ provider, event, variant })),
  );
}

/** Throws a UsageError for an event or variant that does not exist. */
export function checkSampleName({ provider, event, variant }: SampleName): void {
  const spec = provider.events[event];
  if (!spec) {
    throw unknownName('UNKNOWN_EVENT', `${provider.title} has no event ${event}.`, {
      name: event,
      known: Object.keys(provider.events),
    });
  }
  const variants = Object.keys(spec.variants ?? {});
  if (variant !== null && !variants.includes(variant)) {
    throw unknownName('UNKNOWN_VARIANT', `${provider.name} ${event} has no variant ${variant}.`, {
      name: variant,
      known: variants,
      otherwise: 'It has no variants.',
    });
  }
}
