import type { Fact } from './fact.js';

/** The schedule of retries: `delays` between attempts where they are known, else their maximum number, the total time, or both. */
export interface RetrySchedule {
  /** Retries after the first attempt; absent where the provider says only for how long it tries. */
  readonly max?: number;
  /** Durations between one attempt and the next (`1m`); null or absent where the provider does not say. */
  readonly delays?: readonly string[] | null;
  /** The time from the first attempt to the last (`72h`), where the provider documents no delays. */
  readonly for?: string;
  /** The failures that are retried: statuses, classes and outcomes (`5xx,429,timed_out,broken,unreachable`); absent where all are. */
  readonly on?: string;
  /** Whether a longer wait that an answer asks for in `Retry-After` is granted. */
  readonly obeysRetryAfter?: boolean;
}

/** A rule by which a provider stops sending to a receiver. */
export interface Disabling {
  /** So many failures in a row. One of the three is there; the first that comes true disables. */
  readonly afterConsecutiveFailures?: number;
  /** Failures without a success between them for so long, on the provider's clock: a duration (`5d`). */
  readonly afterFailing?: string;
  /** Failures that disable at once, such as `410`. */
  readonly on?: string;
  /** The unit that counts as a failure: each attempt, or only a delivery whose retries are used up; null where it is unknown. */
  readonly counts: 'attempts' | 'deliveries' | null;
  /** The scope in which failures are counted and sending stops: all deliveries to one receiver, or one of its events. */
  readonly per: 'endpoint' | 'event';
  /** The provider's action: it disables the endpoint until somebody enables it, or opens a circuit until it is reset. */
  readonly by: 'disabling' | 'circuit';
}

/** A part that a resend or retry makes again; all else stays byte for byte. `times` are the values that hold a time. */
export type Renewal = 'times' | 'values' | 'signature' | 'body';

/** A provider's rules for a delivery; null stands for "the provider documents nothing". */
export interface Policy {
  /** Duration (`5s`) from the first connect step to the last byte of the answer. */
  readonly timeLimit: Fact<string> | null;
  /** Status rule (`2xx`, `200,204`) of a success. */
  readonly success: Fact<string>;
  readonly retry: Fact<RetrySchedule> | null;
  /** The parts that a resend or retry renews; an empty list means that it is the same delivery again. */
  readonly resend: Fact<readonly Renewal[]>;
  readonly disabling: Fact<Disabling> | null;
}

/** The rules of one event that differ from its provider's policy. */
export type EventPolicy = Partial<Pick<Policy, 'timeLimit' | 'success'>> & { readonly retry?: Fact<RetrySchedule> };
