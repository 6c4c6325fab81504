import { formatDuration } from '../../core/duration.js';
import type { Fact } from '../../core/fact.js';
import type { RetrySchedule } from '../../core/policy.js';
import { printable } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { DeliveryEnded } from '../../core/run.js';
import { grouped } from '../shared/words.js';

/** A schedule of retries, and whose spacing it is. */
interface RetryFacts {
  readonly delaysMs: readonly number[];
  readonly spacing: 'provider' | 'ours' | 'own';
  /** The documented schedule of the provider; null where the schedule is the user's own. */
  readonly fact: Fact<RetrySchedule> | null;
  /** Events among several that have a schedule of their own. */
  readonly exceptions: readonly { readonly event: string; readonly delaysMs: readonly number[] }[];
}

/** Deliveries of one fate, with the latest end among them. */
interface Fate {
  count: number;
  attempts: number;
  atMs: number;
}

const none = (): Fate => ({ count: 0, attempts: 0, atMs: 0 });

/** Counts the results of retried deliveries, and describes each kind in a sentence. */
export class RetryVerdict {
  private readonly first = none();
  private readonly recovered = none();
  private readonly givenUp = none();
  private readonly notRetried = none();
  private readonly stopped = none();
  private readonly interrupted = none();

  constructor(
    private readonly provider: Pick<Provider, 'title' | 'policy'>,
    private readonly retry: RetryFacts,
  ) {}

  /** Describes the retries of a delivery that fails. */
  outlook(speed: number): string {
    const exceptions = this.retry.exceptions.map(({ event, delaysMs }) => {
      return `${printable(event)}: ${delaysMs.length === 0 ? 'none' : `${delaysMs.length}, after ${durations(delaysMs)}`}`;
    });
    return [this.usualOutlook(speed), ...exceptions].join('; ');
  }

  private usualOutlook(speed: number): string {
    const { delaysMs, spacing, fact } = this.retry;
    const { title } = this.provider;
    const delays = durations(delaysMs);
    const pace = formatPace(speed);
    if (fact === null) return `Retries: ${delaysMs.length}, after ${delays} (your schedule), ${pace}`;
    const { certainty, value } = fact;
    if (delaysMs.length === 0) return `Retries: none (${title}, ${certainty})`;
    if (spacing === 'provider') return `Retries: ${delaysMs.length}, after ${delays} (${title}, ${certainty}), ${pace}`;
    const first = formatDuration(delaysMs[0]!);
    if (value.for === undefined)
      return `Retries: up to ${delaysMs.length} (${title}, ${certainty}); it does not say when, so webhook-sim waits ${first}, and each time twice as long, ${pace}`;
    const count = value.max === undefined ? '' : `up to ${value.max} `;
    return `Retries: ${count}for ${value.for} (${title}, ${certainty}); it does not say when, so this is an approximation: ${delaysMs.length} retries, the first after ${first}, each after a longer wait, ${pace}`;
  }

  add({ outcome, attempts, stopReason }: DeliveryEnded): void {
    const { number, scheduledAtMs } = attempts.at(-1)!;
    const fate = this.fateOf(outcome === 'accepted', number, stopReason);
    fate.count++;
    fate.attempts = Math.max(fate.attempts, number);
    fate.atMs = Math.max(fate.atMs, scheduledAtMs);
  }

  lines(): string[] {
    const { first, recovered, givenUp, notRetried, stopped, interrupted } = this;
    const { title } = this.provider;
    const total = [first, recovered, givenUp, notRetried, stopped, interrupted].reduce(
      (sum, { count }) => sum + count,
      0,
    );
    const say = (fate: Fate, text: string) => {
      if (fate.count === 0) return [];
      return total === 1 ? [`${text[0]!.toUpperCase()}${text.slice(1)}`] : [`${grouped(fate.count)} ${text}`];
    };
    const last = total === 1 ? '' : ', the last';
    const end = this.retry.spacing === 'own' ? 'the schedule has no more retries' : `${title} retries no more`;
    return [
      ...say(first, 'accepted at the first attempt.'),
      ...say(recovered, `recovered${last} at attempt ${recovered.attempts}, ${this.later(recovered)}.`),
      ...say(givenUp, `given up after ${givenUp.attempts} attempts, ${this.later(givenUp)}: ${end}.`),
      ...say(
        notRetried,
        `not tried again after ${times(notRetried)}: ${title} retries only ${(this.retry.fact ?? this.provider.policy.retry)?.value.on?.split(',').join(', ')}.`,
      ),
      ...say(stopped, `not tried again after ${times(stopped)}, because ${title} would have stopped sending.`),
      ...say(interrupted, `interrupted after ${times(interrupted)}, before it was tried again.`),
    ];
  }

  private fateOf(accepted: boolean, attempts: number, stopReason: DeliveryEnded['stopReason']): Fate {
    if (accepted) return attempts === 1 ? this.first : this.recovered;
    if (stopReason === 'disabled') return this.stopped;
    if (stopReason === 'not_retried') return this.notRetried;
    return stopReason === 'interrupted' ? this.interrupted : this.givenUp;
  }

  private later({ atMs }: Fate): string {
    const duration = formatDuration(atMs);
    return this.retry.spacing === 'provider' ? `${duration} later in production` : `${duration} later on this schedule`;
  }
}

function durations(delaysMs: readonly number[]): string {
  return delaysMs.map((ms) => formatDuration(ms)).join(', ');
}

function formatPace(speed: number): string {
  if (!Number.isFinite(speed)) return 'without waiting';
  return speed === 1 ? 'in real time' : `${speed} times as fast`;
}

function times({ count, attempts }: Fate): string {
  const most = count > 1 ? 'at most ' : '';
  return `${most}${attempts === 1 ? '1 attempt' : `${attempts} attempts`}`;
}
