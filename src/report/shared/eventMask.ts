import type { Attempt, ReceivedResponse } from '../../core/attempt.js';
import type { CaseEnded, CheckEnded, CheckEvent } from '../../core/check.js';
import type { Delivery, Header } from '../../core/delivery.js';
import { maxState, type TellableFlowEvent } from '../../core/flow.js';
import type { HandshakeEvent } from '../../core/handshake.js';
import type { DeliveryEnded, RunEvent } from '../../core/run.js';
import { SecretMask } from '../../core/secretMask.js';
import { secretTexts } from '../../core/secretTexts.js';
import type { Failure, ResultEnded, SuiteEvent } from '../../core/suite.js';
import { keepFacts } from './requestFacts.js';

/** Values of secret headers that stay known for the whole run; what each delivery has anew is looked for in its own answers. */
const mostKept = 100;

/**
 * What happened, without the secrets that a receiver sent back or a delivery carries in other places than its secret headers. What holds
 * none is given back as it is, and what was given once stays the same object, for reports tell attempts by their identity.
 */
export class EventMask {
  private readonly attempts = new WeakMap<Attempt, Attempt>();
  private readonly deliveries = new WeakMap<Delivery, Delivery>();
  private readonly ended = new WeakMap<DeliveryEnded, DeliveryEnded>();

  constructor(private readonly secrets: SecretMask) {}

  run(event: RunEvent): RunEvent {
    if (event.type === 'delivery') return this.delivery(event);
    if (event.type === 'summary' || event.type === 'warning') return event;
    const mask = this.maskFor(event.delivery);
    const delivery = this.request(event.delivery, mask);
    const attempt = this.attempt(event.attempt, mask);
    this.deliveries.set(event.delivery, delivery);
    this.attempts.set(event.attempt, attempt);
    return { ...event, delivery, attempt };
  }

  /** Takes the secrets of a delivery that is not told. */
  learn(event: RunEvent): void {
    if (event.type === 'delivery') this.maskFor(event.delivery);
  }

  delivery<T extends DeliveryEnded>(event: T): T {
    const known = this.ended.get(event);
    if (known) return known as T;
    const mask = this.maskFor(event.delivery);
    const delivery = this.request(event.delivery, mask);
    const attempts = event.attempts.map((attempt) => this.attempt(attempt, mask));
    const isSame = delivery === event.delivery && attempts.every((attempt, at) => attempt === event.attempts[at]);
    if (isSame) return event;
    const masked = { ...event, delivery, attempts };
    this.ended.set(event, masked);
    return masked;
  }

  handshake(event: HandshakeEvent): HandshakeEvent {
    if (event.type === 'summary' || event.type === 'warning') return event;
    return { ...event, ended: this.delivery(event.ended), problem: this.text(event.problem) };
  }

  check(event: CheckEvent): CheckEvent {
    if (event.type === 'warning') return event;
    return event.type === 'case' ? this.case(event) : this.checkSummary(event);
  }

  flow(event: TellableFlowEvent): TellableFlowEvent {
    switch (event.type) {
      case 'delivery':
        return this.delivery(event);
      case 'stopped':
        return { ...event, message: this.text(event.message) };
      case 'state':
        return { ...event, json: this.json(event.json), problem: this.text(event.problem) };
      case 'ordering': {
        const differences = event.differences.map(({ path, natural, here }) => ({
          path: this.text(path),
          natural: this.state(natural),
          here: this.state(here),
        }));
        const { before, seen, problem } = event;
        return {
          ...event,
          before: this.state(before),
          seen: this.state(seen),
          differences,
          problem: this.text(problem),
        };
      }
      case 'orders':
        return { ...event, problem: this.text(event.problem) };
      default:
        return event;
    }
  }

  suite(event: SuiteEvent): SuiteEvent {
    if (event.type === 'result') return this.result(event);
    if (event.type === 'warning') return event;
    const { problem } = event;
    if (!problem) return event;
    return { ...event, problem: { ...problem, message: this.text(problem.message), log: this.text(problem.log) } };
  }

  /** A text that may quote a receiver. */
  text<T extends string | null>(text: T): T {
    return (text === null ? null : this.secrets.inText(text)) as T;
  }

  private result(event: ResultEnded): ResultEnded {
    const failures = (list: readonly Failure[]) =>
      list.map((failure) => ({ ...failure, message: this.text(failure.message) }));
    // First, for the deliveries tell what is secret.
    const deliveries = event.deliveries.map((each) => this.delivery(each));
    const { check } = event;
    return {
      ...event,
      deliveries,
      check: check && {
        cases: check.cases.map((each) => this.case(each)),
        summary: this.checkSummary(check.summary),
      },
      failures: failures(event.failures),
      earlier: event.earlier.map(failures),
      log: this.text(event.log),
    };
  }

  private case(event: CaseEnded): CaseEnded {
    const deliveries = event.deliveries.map((each) => this.delivery(each));
    const { reason, sent, came, why, fix } = event;
    return {
      ...event,
      deliveries,
      reason: this.text(reason),
      sent: this.text(sent),
      came: this.text(came),
      why: this.text(why),
      fix: this.text(fix),
    };
  }

  private checkSummary(event: CheckEnded): CheckEnded {
    const flaws = event.flaws.map((flaw) => ({
      ...flaw,
      title: this.text(flaw.title),
      why: this.text(flaw.why),
      fix: this.text(flaw.fix),
    }));
    return { ...event, flaws, url: maskedUrl(event.url, this.secrets), gradeReason: this.text(event.gradeReason) };
  }

  /** A state, which may be cut where a secret stands. */
  private state(text: string | null): string | null {
    return text === null ? null : this.secrets.inText(text, text.length >= maxState);
  }

  private json(json: string | null): string | null {
    const masked = this.text(json);
    if (masked === null || masked === json) return masked;
    try {
      JSON.parse(masked);
      return masked;
    } catch {
      // A number was secret.
      return JSON.stringify(masked);
    }
  }

  /** The secrets that are known, with those that only this delivery has. */
  private maskFor(delivery: Delivery): Mask {
    if (delivery.secretHeaders.length === 0) return this.secrets;
    const fresh = secretTexts(delivery).filter((text) => !this.secrets.has(text));
    if (fresh.length === 0) return this.secrets;
    if (this.secrets.size < mostKept) {
      this.secrets.add(fresh);
      return this.secrets;
    }
    const own = new SecretMask(fresh);
    return {
      inBytes: (bytes, isCut) => own.inBytes(this.secrets.inBytes(bytes, isCut), isCut),
      inText: (text) => own.inText(this.secrets.inText(text)),
      isIn: (bytes) => own.isIn(bytes) || this.secrets.isIn(bytes),
    };
  }

  private request(delivery: Delivery, mask: Mask): Delivery {
    const known = this.deliveries.get(delivery);
    if (known) return known;
    const names = isInHeaders(delivery.headers, mask) ? namesOfSecret(delivery, mask) : [];
    const url = maskedUrl(delivery.url, mask);
    const body = mask.inBytes(delivery.body);
    if (names.length === 0 && url === delivery.url && body === delivery.body) return delivery;
    const masked = { ...delivery, url, body, secretHeaders: [...delivery.secretHeaders, ...new Set(names)] };
    keepFacts(masked, delivery);
    this.deliveries.set(delivery, masked);
    return masked;
  }

  private attempt(attempt: Attempt, mask: Mask): Attempt {
    const known = this.attempts.get(attempt);
    if (known) return known;
    const response = attempt.response && maskResponse(attempt.response, mask);
    const error = attempt.error && maskError(attempt.error, mask);
    const isSame = response === attempt.response && error === attempt.error;
    if (isSame) return attempt;
    const masked = { ...attempt, response, error };
    this.attempts.set(attempt, masked);
    return masked;
  }
}

type Mask = Pick<SecretMask, 'inBytes' | 'inText' | 'isIn'>;

/** Whether any name or value holds a secret; all are looked through at once. */
function isInHeaders(headers: readonly Header[], mask: Mask): boolean {
  let all = '';
  for (const [name, value] of headers) all += `${name}\n${value}\n`;
  return mask.isIn(Buffer.from(all, 'latin1'));
}

/** The headers that hold a secret and are not said to. */
function namesOfSecret({ headers, secretHeaders }: Delivery, mask: Mask): string[] {
  const holding = headers.filter(([, value]) => mask.isIn(Buffer.from(value, 'latin1')));
  return holding.map(([name]) => name.toLowerCase()).filter((name) => !secretHeaders.includes(name));
}

/** An answer without the secrets in it; the same where it has none. */
export function maskResponse(response: ReceivedResponse, mask: Mask): ReceivedResponse {
  const latin1 = (text: string) => {
    const bytes = Buffer.from(text, 'latin1');
    const masked = mask.inBytes(bytes);
    return masked === bytes ? text : Buffer.from(masked).toString('latin1');
  };
  const headers = isInHeaders(response.headers, mask)
    ? response.headers.map(([name, value]): Header => [latin1(name), latin1(value)])
    : response.headers;
  const body = mask.inBytes(response.body, response.truncated);
  if (headers === response.headers && body === response.body) return response;
  const { encodedBody, ...rest } = response;
  // What is compressed can't be masked.
  const isShown = encodedBody !== undefined && body === response.body;
  return { ...rest, headers, body, ...(isShown && { encodedBody }) };
}

function maskError<T extends { readonly message: string }>(error: T, mask: Mask): T {
  const message = mask.inText(error.message);
  return message === error.message ? error : { ...error, message };
}

/** A host is what it is, for what follows reads the URL. */
function maskedUrl(url: string, mask: Mask): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? url : url.slice(0, start) + mask.inText(url.slice(start));
}
