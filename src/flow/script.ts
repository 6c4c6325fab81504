import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import type { CaptureSpec, Flow, OwnFlow } from '../core/flow.js';
import { unknownName } from '../core/nearest.js';
import type { Plain } from '../core/plain.js';
import type { Provider } from '../core/provider.js';
import { findProvider, type KnownProviders } from '../providers/findProvider.js';

/** One step of a flow, the provider's or the user's. */
export interface ScriptStep {
  /** Its name in errors. */
  readonly place: string;
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
  /** Milliseconds since the step before; null for the distance between the samples' times. */
  readonly afterMs: number | null;
  /** The changes of a provider's flow to the sample: ids and times in them are those of the flow. */
  readonly changes: Pick<Flow['steps'][number], 'same' | 'set'>;
  /** The changes of a user's flow: they stay as written, except for `${name}`. */
  readonly set: Readonly<Record<string, Plain>>;
  readonly unset: readonly string[];
  readonly capture: Readonly<Record<string, CaptureSpec>>;
}

/** A flow, the provider's or the user's: all that its steps name exists. */
export interface Script {
  readonly name: string;
  readonly title: string;
  readonly steps: readonly ScriptStep[];
}

/** A provider's flow as a script. */
export function buildScript(provider: Provider, { name, title, steps }: Flow): Script {
  return {
    name,
    title,
    steps: steps.map(({ event, variant = null, after, same = {}, set = {} }, at) => {
      const place = `${provider.name} ${name}: step ${at + 1}`;
      return {
        place,
        provider,
        ...resolveVariant(provider, event, variant, place),
        afterMs: after === undefined ? null : parseDuration(after, place),
        changes: { same, set },
        set: {},
        unset: [],
        capture: {},
      };
    }),
  };
}

/** Builds a script of a user's own flow. Throws a UsageError for an unknown name in it; `what` names its place. */
export function ownScript(name: string, own: OwnFlow, what: string, known: KnownProviders): Script {
  const steps = own.steps.map((step, at): ScriptStep => {
    const place = `${what}.steps[${at}]`;
    const [, providerName = '', event] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(step.send) ?? [];
    if (event === undefined) {
      throw new UsageError(
        'BAD_FLOW',
        `${place}.send: "${step.send}" is not a provider and an event, such as scalev order.created.`,
      );
    }
    const provider = withContext(`${place}.send`, () => findProvider(providerName, known));
    return {
      place,
      provider,
      ...resolveVariant(provider, event, step.variant ?? null, place),
      afterMs: step.after === undefined ? null : parseDuration(step.after, `${place}.after`),
      changes: {},
      set: step.set ?? {},
      unset: step.unset ?? [],
      capture: step.capture ?? {},
    };
  });
  return { name, title: own.title ?? name, steps };
}

function resolveVariant(provider: Provider, event: string, variant: string | null, place: string) {
  const known = Object.keys(provider.events);
  const spec = provider.events[event];
  if (!spec) {
    throw unknownName('UNKNOWN_EVENT', `${place}: ${provider.title} has no event ${event}.`, { name: event, known });
  }
  const variants = Object.keys(spec.variants ?? {});
  if (variant !== null && !variants.includes(variant)) {
    throw unknownName('UNKNOWN_VARIANT', `${place}: ${provider.name} ${event} has no variant ${variant}.`, {
      name: variant,
      known: variants,
      otherwise: 'It has no variants.',
    });
  }
  return { event, variant };
}

/** Adds the place to an error. */
export function withContext<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw placed(place, error);
  }
}

/** Adds the place to the error of a promise. */
export function withContextAsync<T>(place: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw placed(place, error);
  });
}

function placed(place: string, error: unknown): unknown {
  if (!(error instanceof UsageError)) return error;
  return new UsageError(error.code, `${place}: ${error.message}`, { cause: error });
}
