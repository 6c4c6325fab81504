import type { Attempt, Outcome } from '../core/attempt.js';
import type { Delivery } from '../core/delivery.js';
import { parseDuration } from '../core/duration.js';
import { parseFailureRule } from '../core/failure.js';
import type { Disabling } from '../core/policy.js';
import type { Disabled } from '../core/run.js';

/** An attempt that was judged: `scheduledAtMs` is its time on the provider's clock, from the first attempt of its delivery. */
export interface JudgedAttempt extends Pick<Attempt, 'status' | 'scheduledAtMs'> {
  readonly outcome: Outcome;
}

interface Streak {
  /** Failures since the last success. */
  attempts: number;
  deliveries: number;
  /** The time of the first failure, on the provider's clock; null for none. */
  failingSinceMs: number | null;
  disabled: Disabled | null;
}

/** A rule, parsed. */
interface DisablingRule {
  readonly isFinal: ReturnType<typeof parseFailureRule>;
  readonly afterFailingMs: number;
}

/** The failures by which providers stop sending. A forgery is not a provider's, and does not count. */
export class DisablingCounter {
  private readonly streaks = new Map<string, Streak>();
  private readonly rules = new WeakMap<Disabling, DisablingRule>();

  /** Takes the result of an attempt. */
  attempted(delivery: Delivery, disabling: Disabling, attempt: JudgedAttempt): void {
    const streak = this.streakOf(delivery, disabling);
    if (attempt.outcome === 'accepted') {
      streak.attempts = 0;
      streak.deliveries = 0;
      streak.failingSinceMs = null;
    } else if (delivery.forge === null) {
      streak.attempts++;
      // Each delivery counts from its own first attempt.
      streak.failingSinceMs = Math.min(streak.failingSinceMs ?? attempt.scheduledAtMs, attempt.scheduledAtMs);
      this.judgeAtOnce(streak, delivery, disabling, attempt);
      this.judgeCount(streak, delivery, disabling);
    }
  }

  /** Takes the result of a delivery in the end. */
  ended(delivery: Delivery, disabling: Disabling, outcome: Outcome): void {
    if (outcome === 'accepted' || delivery.forge !== null) return;
    const streak = this.streakOf(delivery, disabling);
    streak.deliveries++;
    this.judgeCount(streak, delivery, disabling);
  }

  /** Returns whether the provider would certainly have stopped sending. */
  stops(delivery: Delivery, disabling: Disabling): boolean {
    return this.streaks.get(keyOf(delivery, disabling))?.disabled?.isCertain === true;
  }

  /** Returns the endpoints that the provider would have disabled. */
  disabled(): Disabled[] {
    return [...this.streaks.values()].flatMap(({ disabled }) => disabled ?? []);
  }

  private streakOf(delivery: Delivery, disabling: Disabling): Streak {
    const key = keyOf(delivery, disabling);
    let streak = this.streaks.get(key);
    if (!streak) {
      streak = { attempts: 0, deliveries: 0, failingSinceMs: null, disabled: null };
      this.streaks.set(key, streak);
    }
    return streak;
  }

  /** A failure that disables by itself, or that ends the time for which a receiver may fail. */
  private judgeAtOnce(streak: Streak, delivery: Delivery, disabling: Disabling, attempt: JudgedAttempt): void {
    if (streak.disabled?.isCertain) return;
    const { afterFailing } = disabling;
    const { isFinal, afterFailingMs } = this.ruleOf(disabling);
    if (isFinal(attempt, attempt.outcome)) {
      streak.disabled = {
        ...disabledBy(streak, delivery, disabling),
        ...(attempt.status !== null && { onStatus: attempt.status }),
      };
    } else if (afterFailing !== undefined && attempt.scheduledAtMs - streak.failingSinceMs! >= afterFailingMs) {
      streak.disabled = { ...disabledBy(streak, delivery, disabling), afterFailing };
    }
  }

  /** Returns the parsed rule, from a cache. */
  private ruleOf(disabling: Disabling): DisablingRule {
    let rule = this.rules.get(disabling);
    if (!rule) {
      const { on, afterFailing } = disabling;
      rule = {
        isFinal: on === undefined ? () => false : parseFailureRule(on, 'disabling'),
        afterFailingMs:
          afterFailing === undefined ? Number.POSITIVE_INFINITY : parseDuration(afterFailing, 'disabling'),
      };
      this.rules.set(disabling, rule);
    }
    return rule;
  }

  /** Judges the count: where it is unknown whether attempts or deliveries count, it is certain once the smaller count suffices. */
  private judgeCount(streak: Streak, delivery: Delivery, disabling: Disabling): void {
    const { afterConsecutiveFailures: limit, counts } = disabling;
    const { attempts, deliveries } = streak;
    const most = counts === 'deliveries' ? deliveries : attempts;
    const least = counts === 'attempts' ? attempts : deliveries;
    if (limit === undefined || streak.disabled?.isCertain || most < limit) return;
    const isCertain = least >= limit;
    if (streak.disabled && !isCertain) return;
    streak.disabled = { ...disabledBy(streak, delivery, disabling), afterConsecutiveFailures: limit, isCertain };
  }
}

function disabledBy(
  { attempts, deliveries }: Streak,
  { provider, event }: Delivery,
  { counts, per, by }: Disabling,
): Disabled {
  return {
    provider,
    event: per === 'event' ? event : null,
    by,
    afterConsecutiveFailures: null,
    counts,
    isCertain: true,
    attemptCount: attempts,
    deliveries,
  };
}

function keyOf({ provider, event }: Delivery, { per }: Disabling): string {
  return per === 'event' ? `${provider} ${event}` : provider;
}
