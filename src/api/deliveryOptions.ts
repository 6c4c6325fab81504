import { parseSpeed } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { defaults, parseSchedule } from '../core/limits.js';
import type { Provider } from '../core/provider.js';
import type { Route } from '../core/route.js';
import type { ForgeryName } from '../forge/forgeries.js';
import { scheduleOf } from '../policy/rules.js';
import type { RetryPlan } from '../simulate/retries.js';
import type { OptionKeys } from './assertOptions.js';
import type { PayloadSchema } from './payloadSchema.js';
import type {
  ConnectionOptions,
  ExpectOptions,
  MakingOptions,
  PayloadOptions,
  ProviderOptions,
  WaitingOptions,
} from './project/callOptions.js';
import type { AnyProvider, EventName } from './providers.js';
import type { Payload } from './samples.js';

/** The options by which a delivery is judged and awaited. */
export interface JudgeOptions extends WaitingOptions, ExpectOptions {
  /** The provider of the delivery, where it is a custom one and the delivery was changed since it was made. */
  readonly provider?: AnyProvider;
}

/** The options by which a delivery is sent. */
export interface SendOptions extends JudgeOptions, RetryOptions {
  /** The route to it: TLS, proxy, unix socket. By default direct, with the certificates that this machine trusts; no variable is read. */
  readonly route?: Partial<Route>;
}

/** The names of `JudgeOptions`. */
export const judgeKeys: OptionKeys<JudgeOptions> = { timeout: true, expect: true, provider: true, signal: true };

/** The names of `SendOptions`. */
export const sendKeys: OptionKeys<SendOptions> = {
  ...judgeKeys,
  retry: true,
  schedule: true,
  speed: true,
  route: true,
};

/** The options from which deliveries are made, whatever their event. */
export interface SourceOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    MakingOptions,
    PayloadOptions<P>,
    Pick<ConnectionOptions, 'publicUrl'> {
  /**
   * Its address: `https://host/path`, `localhost:3000/path`. Without it, or with a path alone, the delivery is for a handler in this process and
   * addressed to `http://localhost`.
   */
  readonly url?: string | URL;
  /** Something done wrong deliberately, by name. */
  readonly forge?: ForgeryName;
  /** The schema that the payload must satisfy before it is sent: a JSON Schema, or a schema of a library that supports Standard Schema. */
  readonly schema?: PayloadSchema;
}

/** The options from which one delivery is made. */
export interface DeliveryOptions<P extends AnyProvider, E extends EventName<P> = EventName<P>>
  extends SourceOptions<P> {
  /** The event's name; by default the provider's default event. */
  readonly event?: E;
  /** A custom payload: a JSON value, or a function that makes one of the sample. Written as the provider writes JSON. */
  readonly payload?: object | string | number | boolean | null | ((sample: Payload<P, E>) => unknown);
  /** A custom body, sent as it is. */
  readonly body?: string | Uint8Array;
  /**
   * A captured request in place of the sample, renewed and signed again, or with `exact` as it was: the path of its file, its bytes, or its text
   * (several lines, JSON, or a command of curl). `event` is by default the one that it says.
   */
  readonly from?: string | URL | Uint8Array;
  /** The number of the request in the capture, from 1; by default the first signed one. */
  readonly entry?: number;
}

/** The options without the types of their provider. */
export type AnyDeliveryOptions = Omit<DeliveryOptions<Provider>, 'provider' | 'payload'> & {
  readonly provider: AnyProvider;
  readonly payload?: unknown;
};

/** The names of `SourceOptions`. */
export const sourceKeys: OptionKeys<SourceOptions<AnyProvider>> = {
  provider: true,
  url: true,
  publicUrl: true,
  secret: true,
  variant: true,
  mode: true,
  set: true,
  unset: true,
  header: true,
  forge: true,
  fresh: true,
  exact: true,
  dialect: true,
  seed: true,
  now: true,
  schema: true,
};

/** The names of `DeliveryOptions`. */
export const deliveryKeys: OptionKeys<DeliveryOptions<AnyProvider>> = {
  ...sourceKeys,
  event: true,
  payload: true,
  body: true,
  from: true,
  entry: true,
};

/** The options of retries. */
export interface RetryOptions {
  /** Tries again on the provider's own schedule, until it would stop sending. */
  readonly retry?: boolean;
  /** Tries again after these durations between one attempt and the next (`['1m', '10m']`). */
  readonly schedule?: readonly string[];
  /** The factor by which waits pass faster than in production: `600x` (the default: ten minutes in a second), `1x` or `instant`. */
  readonly speed?: string;
}

/** Returns the retry plan of the options; null where nothing is retried. Throws a UsageError where the provider documents no schedule. */
export function planRetries({ retry, schedule, speed }: RetryOptions, provider: Provider): RetryPlan | null {
  if (!retry && schedule === undefined) {
    if (speed === undefined) return null;
    throw new UsageError(
      'CONFLICT',
      'options.speed is the pace of retries. Add options.retry, or options.schedule such as ["5s", "1m"].',
    );
  }
  const delaysMs =
    schedule === undefined ? scheduleOf(provider.policy.retry)?.delaysMs : parseSchedule(schedule, 'options.schedule');
  if (!delaysMs) {
    throw new UsageError(
      'NO_SCHEDULE',
      `${provider.title} does not say how often and when it retries. Give a schedule: options.schedule such as ['1m', '10m'].`,
    );
  }
  return {
    delaysMs,
    followsEvents: schedule === undefined,
    speed: parseSpeed(speed ?? defaults.retrySpeed, 'options.speed'),
    respectsDisabling: true,
  };
}

/** Throws a UsageError where a forgery is to be tried again. */
export function assertNoForgedRetry(options: RetryOptions, isForged: boolean): void {
  if (!isForged || !isRetried(options)) return;
  throw new UsageError(
    'CONFLICT',
    'options.retry is what a provider does, options.forge what a forger does. Give one of them.',
  );
}

function isRetried({ retry, schedule }: Pick<RetryOptions, 'retry' | 'schedule'>): boolean {
  return retry === true || schedule !== undefined;
}
