import type { Outcome } from '../core/attempt.js';
import type { Delivery } from '../core/delivery.js';
import type { Disabling } from '../core/policy.js';
import type { Disabled } from '../core/run.js';

interface Streak {
  /** Failures since the last success. */
  attempts: number;
  deliveries: number;
  disabled: Disabled | null;
}

/** The failures in a row by which providers stop sending. A forgery is not a provider's, and does not count. */
export class DisablingCounter {
  private readonly streaks = new Map<string, Streak>();

  /** Takes what came of an attempt. */
  attempted(delivery: Delivery, disabling: Disabling, outcome: Outcome): void {
    const streak = this.streakOf(delivery, disabling);
    if (outcome === 'accepted') {
      streak.attempts = 0;
      streak.deliveries = 0;
    } else if (delivery.forge === null) {
      streak.attempts++;
      this.look(streak, delivery, disabling);
    }
  }

  /** Takes the result of a delivery in the end. */
  ended(delivery: Delivery, disabling: Disabling, outcome: Outcome): void {
    if (outcome === 'accepted' || delivery.forge !== null) return;
    const streak = this.streakOf(delivery, disabling);
    streak.deliveries++;
    this.look(streak, delivery, disabling);
  }

  /** Whether the provider would no longer send this, for all that is known. */
  stops(delivery: Delivery, disabling: Disabling): boolean {
    return this.streaks.get(keyOf(delivery, disabling))?.disabled?.isCertain === true;
  }

  /** What would have been disabled. */
  disabled(): Disabled[] {
    return [...this.streaks.values()].flatMap(({ disabled }) => disabled ?? []);
  }

  private streakOf(delivery: Delivery, disabling: Disabling): Streak {
    const key = keyOf(delivery, disabling);
    let streak = this.streaks.get(key);
    if (!streak) {
      streak = { attempts: 0, deliveries: 0, disabled: null };
      this.streaks.set(key, streak);
    }
    return streak;
  }

  /** Where it is unknown what counts, it is certain only once the reading that counts less has enough. */
  private look(streak: Streak, { provider, event }: Delivery, disabling: Disabling): void {
    const { afterConsecutiveFailures, counts, per, by } = disabling;
    const { attempts, deliveries } = streak;
    const most = counts === 'deliveries' ? deliveries : attempts;
    const least = counts === 'attempts' ? attempts : deliveries;
    if (streak.disabled?.isCertain || most < afterConsecutiveFailures) return;
    const isCertain = least >= afterConsecutiveFailures;
    if (streak.disabled && !isCertain) return;
    streak.disabled = {
      provider,
      event: per === 'event' ? event : null,
      by,
      afterConsecutiveFailures,
      counts,
      isCertain,
      attempts,
      deliveries,
    };
  }
}

function keyOf({ provider, event }: Delivery, { per }: Disabling): string {
  return per === 'event' ? `${provider} ${event}` : provider;
}
