import type { Fact } from './fact.js';

/** When the retries come: `delays` between attempts where they are known, else how many there are at most, for how long it goes on, or both. */
export interface RetrySchedule {
  /** Retries after the first attempt; absent where the provider says only for how long it tries. */
  readonly max?: number;
  /** Durations between one attempt and the next (`1m`); null or absent where the provider does not say. */
  readonly delays?: readonly string[] | null;
  /** How long it goes on trying, from the first attempt on (`72h`), where the provider says no delays. */
  readonly for?: string;
  /** Which failures are tried again: statuses, classes and outcomes (`5xx,429,timed_out,broken,unreachable`); absent where all are. */
  readonly on?: string;
  /** Whether a longer wait that an answer asks for in `Retry-After` is granted. */
  readonly obeysRetryAfter?: boolean;
}

/** When a provider stops sending to a receiver. */
export interface Disabling {
  /** So many failures in a row. One of the three is there; the first that comes true disables. */
  readonly afterConsecutiveFailures?: number;
  /** Failures without a success between them for so long, on the provider's clock: a duration (`5d`). */
  readonly afterFailing?: string;
  /** Failures that disable at once, such as `410`. */
  readonly on?: string;
  /** Whether each attempt counts as a failure or only a delivery whose retries are used up; null where it is unknown. */
  readonly counts: 'attempts' | 'deliveries' | null;
  /** Whose failures are counted together, and what is stopped then: all that goes to one receiver, or one of its events. */
  readonly per: 'endpoint' | 'event';
  /** What the provider does: it disables the endpoint until somebody enables it, or opens a circuit until it is reset. */
  readonly by: 'disabling' | 'circuit';
}

/** What a resend or retry makes again; all else stays byte for byte. `times` are those of the values that tell a time. */
export type Renewal = 'times' | 'values' | 'signature' | 'body';

/** What a provider does around a delivery; null stands for "the provider says nothing of it". */
export interface Policy {
  /** Duration (`5s`) from the first connect step to the last byte of the answer. */
  readonly timeLimit: Fact<string> | null;
  /** Status rule (`2xx`, `200,204`) of what the provider takes as success. */
  readonly success: Fact<string>;
  readonly retry: Fact<RetrySchedule> | null;
  /** What a resend or retry renews; an empty list means that it is the same delivery again. */
  readonly resend: Fact<readonly Renewal[]>;
  readonly disabling: Fact<Disabling> | null;
}

/** What one event's own rules change in the policy of its provider. */
export type EventPolicy = Partial<Pick<Policy, 'timeLimit' | 'success'>> & { readonly retry?: Fact<RetrySchedule> };
