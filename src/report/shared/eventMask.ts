import type { Attempt } from '../../core/attempt.js';
import type { Delivery } from '../../core/delivery.js';
import type { AttemptEnded, DeliveryEnded } from '../../core/run.js';
import { secretTexts } from '../../core/secret.js';
import { SecretMask } from '../../core/secretMask.js';
import { maskAddress } from '../../core/secretParameters.js';
import { maskFields } from './maskFields.js';
import { type Mask, maskAttempt, maskDelivery, maskUrl } from './maskSent.js';
import type { ReportEvent } from './reporter.js';

/** Values of secret headers that stay known for the whole run; what each delivery has again is looked for in its own answers. */
const maxKept = 100;

/**
 * Masks the secrets in events that a receiver sent back or that a delivery carries outside its secret headers. An event without one is returned
 * unchanged, and the same event always gives the same object, since reports identify attempts by it.
 */
export class EventMask {
  private readonly attempts = new WeakMap<Attempt, Attempt>();
  private readonly deliveries = new WeakMap<Delivery, Delivery>();
  private readonly ended = new WeakMap<DeliveryEnded, DeliveryEnded>();
  private readonly masks = new WeakMap<Delivery, Mask>();

  constructor(private readonly secrets: SecretMask) {}

  event(event: ReportEvent): ReportEvent {
    if (event.type === 'delivery') return this.delivery(event);
    if (event.type === 'attempt') return this.attempt(event);
    return maskFields(event, { delivery: (ended) => this.delivery(ended), secrets: this.secrets });
  }

  /** Takes the secrets of a delivery that is not reported. */
  learn(event: ReportEvent): void {
    if (event.type === 'delivery') this.maskFor(event.delivery);
  }

  delivery<T extends DeliveryEnded>(event: T): T {
    const known = this.ended.get(event);
    if (known) return known as T;
    const mask = this.maskFor(event.delivery);
    const delivery = keep(this.deliveries, event.delivery, (each) => maskDelivery(each, mask));
    const attempts = event.attempts.map((attempt) => keep(this.attempts, attempt, (each) => maskAttempt(each, mask)));
    const isSame = delivery === event.delivery && attempts.every((attempt, at) => attempt === event.attempts[at]);
    if (isSame) return event;
    const masked = { ...event, delivery, attempts };
    this.ended.set(event, masked);
    return masked;
  }

  /** Another address of a delivery, without the secrets in it. */
  url(url: string, { delivery }: Pick<DeliveryEnded, 'delivery'>): string {
    return maskUrl(maskAddress(url), this.maskFor(delivery));
  }

  private attempt(event: AttemptEnded): AttemptEnded {
    const mask = this.maskFor(event.delivery);
    const delivery = keep(this.deliveries, event.delivery, (each) => maskDelivery(each, mask), true);
    const attempt = keep(this.attempts, event.attempt, (each) => maskAttempt(each, mask), true);
    return { ...event, delivery, attempt };
  }

  /** The secrets that are known, with those that only this delivery has. */
  private maskFor(delivery: Delivery): Mask {
    if (delivery.secretHeaders.length === 0 && delivery.secretParameters.length === 0) return this.secrets;
    const fresh = secretTexts(delivery).filter((text) => !this.secrets.has(text));
    if (fresh.length === 0) return this.secrets;
    if (this.secrets.size < maxKept) {
      this.secrets.add(fresh);
      return this.secrets;
    }
    const known = this.masks.get(delivery);
    if (known) return known;
    const own = new SecretMask(fresh);
    const mask: Mask = {
      inBytes: (bytes, isCut) => own.inBytes(this.secrets.inBytes(bytes, isCut), isCut),
      inText: (text) => own.inText(this.secrets.inText(text)),
      isIn: (bytes) => own.isIn(bytes) || this.secrets.isIn(bytes),
    };
    this.masks.set(delivery, mask);
    return mask;
  }
}

/** Returns the masked value from the cache, or masks it; caches it where it differs, or has to stay the same. */
function keep<T extends object>(known: WeakMap<T, T>, value: T, make: (value: T) => T, staysSame = false): T {
  const before = known.get(value);
  if (before) return before;
  const masked = make(value);
  if (masked !== value || staysSame) known.set(value, masked);
  return masked;
}
