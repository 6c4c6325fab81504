import { createHash } from 'node:crypto';
import { formatDuration } from '../core/duration.js';
import type { Listened, SenderRule } from '../core/listened.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { senderProof } from '../core/senderProof.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';
import { signedTime } from '../verify/signedTime.js';
import { verifyReceivedAsync } from '../verify/verify.js';

/** Milliseconds by which a signed time may be off the clock of this machine. */
const maxOffMs = 60_000;
/** A retry that comes sooner is no back-off. */
const atOnceMs = 50;
/** Requests that are kept for the rules. */
const maxKept = 10_000;

interface Seen {
  readonly number: number;
  readonly at: number;
  readonly id: string | null;
  readonly body: string;
  readonly verdict: Listened['verdict'];
  /** The missing part of a genuine request; null for none. */
  readonly lacks: string | null;
  readonly accepted: boolean;
  /** Milliseconds by which the signed time was off; null where none is signed, NaN where it is no time. */
  readonly offMs: number | null;
  /** Sources of the secrets under which it does not verify. */
  readonly unsigned: readonly string[];
}

/** Judges a sender by its requests: signatures, ids, times and retries. */
export class SenderChecks {
  private readonly seen: Seen[] = [];
  private readonly isSuccess: StatusRule;

  constructor(
    private readonly provider: Provider,
    private readonly secrets: readonly Secret[],
    /** The option of the scripted answers, as the user writes it. */
    private readonly scriptOption: string,
  ) {
    this.isSuccess = parseStatusRule(provider.policy.success.value, 'success');
  }

  /** Takes a request; handshakes are no deliveries. */
  async add({ request, verdict, reason, deliveryId, handshake, answer }: Listened): Promise<void> {
    if (handshake !== null || this.seen.length >= maxKept) return;
    const time = signedTime(this.provider, request);
    const rotating = this.secrets.length > 1 && verdict === 'genuine';
    const fits = await Promise.all(
      (rotating ? this.secrets : []).map(({ value }) => verifyReceivedAsync(this.provider, request, [value])),
    );
    this.seen.push({
      number: request.number,
      at: request.at,
      id: deliveryId,
      body: createHash('sha256').update(request.body).digest('hex'),
      verdict,
      lacks: verdict === 'genuine' ? reason : null,
      accepted: answer.status !== null && this.isSuccess(answer.status),
      offMs: time === null ? null : (time.ms ?? Number.NaN) - request.at,
      unsigned: this.secrets.flatMap(({ source }, at) => (fits[at]?.ok === false ? [source] : [])),
    });
  }

  /** Returns the verdict on each rule, in order. */
  rules(): SenderRule[] {
    return [
      this.signature(),
      this.time(),
      this.idPerDelivery(),
      this.idOverRetries(),
      this.stopsAfterSuccess(),
      this.retries(),
      this.backOff(),
      ...(this.secrets.length > 1 ? [this.rotation()] : []),
    ];
  }

  private signature(): SenderRule {
    const wrong = this.seen.filter(({ verdict }) => verdict !== 'genuine');
    // A sender keeps to its own description, though receivers may do without one of its signatures.
    const partial = this.seen.filter(({ lacks }) => lacks !== null);
    const [first] = partial;
    const isProvable = senderProof(this.provider) !== 'nothing';
    return rule('signature', this.seen.length === 0 || !isProvable ? null : [...wrong, ...partial], {
      good: `all ${this.seen.length} requests verify`,
      bad: wrong.length > 0 ? `${listed(wrong)} not verify` : `request ${first?.number}: ${first?.lacks}`,
      none: isProvable ? 'nothing came' : 'nothing in a request proves who sent it',
    });
  }

  private time(): SenderRule {
    const timed = this.seen.filter(({ offMs }) => offMs !== null);
    const wrong = timed.filter(({ offMs }) => !(Math.abs(offMs!) <= maxOffMs));
    const [first] = wrong;
    return rule('signed-time', timed.length === 0 ? null : wrong, {
      good: `each signed time is within ${formatDuration(maxOffMs)} of its arrival`,
      bad: `request ${first?.number} was signed ${offWords(first?.offMs ?? 0)}`,
      none: 'no time is signed',
    });
  }

  private idPerDelivery(): SenderRule {
    const first = new Map<string, Seen>();
    const wrong = this.identified().filter((each) => {
      const before = first.get(each.id!);
      if (!before) first.set(each.id!, each);
      return before !== undefined && before.body !== each.body;
    });
    const known = wrong[0] && first.get(wrong[0].id!);
    return rule('id-per-delivery', this.identified().length === 0 ? null : wrong, {
      good: `${first.size} ${first.size === 1 ? 'id' : 'ids'}, each with one body`,
      bad: `request ${wrong[0]?.number} has the id of request ${known?.number} and another body`,
      none: 'no request has an id that is known',
    });
  }

  private idOverRetries(): SenderRule {
    const failed = new Map<string, Seen>();
    const retried: Seen[] = [];
    const wrong: Seen[] = [];
    for (const each of this.seen) {
      const before = failed.get(each.body);
      if (before) {
        retried.push(each);
        if (before.id !== each.id) wrong.push(each);
      }
      if (!each.accepted) failed.set(each.body, each);
    }
    const known = wrong[0] && this.seen.find(({ body, accepted }) => body === wrong[0]!.body && !accepted);
    return rule('id-over-retries', retried.length === 0 ? null : wrong, {
      good: `${retried.length} ${retried.length === 1 ? 'retry has' : 'retries have'} the id of the first attempt`,
      bad: `request ${wrong[0]?.number} repeats request ${known?.number} under another id`,
      none: 'no body came again after a failure',
    });
  }

  private stopsAfterSuccess(): SenderRule {
    const accepted = new Map<string, number>();
    const wrong = this.identified().filter(({ id, number, accepted: isAccepted }) => {
      const before = accepted.get(id!);
      if (isAccepted && before === undefined) accepted.set(id!, number);
      return before !== undefined;
    });
    return rule('stops-after-success', accepted.size === 0 ? null : wrong, {
      good: 'nothing was sent again after it was accepted',
      bad: `request ${wrong[0]?.number} repeats request ${accepted.get(wrong[0]?.id ?? '')}, which was accepted`,
      none: 'nothing was accepted',
    });
  }

  private retries(): SenderRule {
    const failed = this.attempts().filter(([first]) => !first!.accepted);
    const retried = failed.filter(({ length }) => length > 1);
    return rule('retries', retried.length === 0 ? null : [], {
      good: `${retried.length} of ${failed.length} failed deliveries were sent again`,
      bad: '',
      none:
        failed.length === 0
          ? `nothing failed: answer with ${this.scriptOption} 500,200 to see retries`
          : 'what failed was not sent again while this listened',
    });
  }

  private backOff(): SenderRule {
    const retried = this.attempts().filter(([first]) => !first!.accepted);
    const gaps = retried.map((attempts) => attempts.slice(1).map(({ at }, before) => at - attempts[before]!.at));
    const atOnce = gaps.find(([gap]) => gap !== undefined && gap < atOnceMs);
    const long = gaps.filter(({ length }) => length > 1);
    const shrinking = long.find((each) => each.at(-1)! <= each[0]!);
    const isJudged = long.length > 0 || atOnce !== undefined;
    return rule('back-off', isJudged ? [...(atOnce ? [0] : []), ...(shrinking ? [0] : [])] : null, {
      good: `waits grow, such as ${long[0]?.map(formatDuration).join(', ')}`,
      bad: atOnce
        ? `a retry came after ${formatDuration(atOnce[0]!)}, at once`
        : `waits do not grow: ${shrinking?.map(formatDuration).join(', ')}`,
      none: `fewer than two retries of one delivery came: answer with ${this.scriptOption} 500x3,200 to see more`,
    });
  }

  private rotation(): SenderRule {
    const judged = this.seen.filter(({ verdict }) => verdict === 'genuine');
    const wrong = judged.filter(({ unsigned }) => unsigned.length > 0);
    return rule('rotation', judged.length === 0 ? null : wrong, {
      good: `each request is signed with all ${this.secrets.length} secrets`,
      bad: `request ${wrong[0]?.number} is not signed with the secret of ${wrong[0]?.unsigned.join(' and ')}`,
      none: 'nothing genuine came',
    });
  }

  private identified(): Seen[] {
    return this.seen.filter(({ id }) => id !== null);
  }

  /** The attempts of each delivery, in order. */
  private attempts(): Seen[][] {
    const groups = new Map<string, Seen[]>();
    for (const each of this.seen) {
      const key = each.id ?? each.body;
      const group = groups.get(key);
      if (group) group.push(each);
      else groups.set(key, [each]);
    }
    return [...groups.values()];
  }
}

interface RuleWords {
  readonly good: string;
  readonly bad: string;
  readonly none: string;
}

function rule(name: string, wrong: readonly unknown[] | null, { good, bad, none }: RuleWords): SenderRule {
  if (wrong === null) return { name, ok: null, says: none };
  return wrong.length === 0 ? { name, ok: true, says: good } : { name, ok: false, says: bad };
}

function listed(wrong: readonly Seen[]): string {
  const numbers = wrong.slice(0, 5).map(({ number }) => number);
  const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : '';
  return wrong.length === 1 ? `request ${numbers[0]} does` : `requests ${numbers.join(', ')}${more} do`;
}

function offWords(offMs: number): string {
  if (Number.isNaN(offMs)) return 'with a text that is no time';
  return `${formatDuration(Math.abs(offMs))} ${offMs < 0 ? 'before' : 'after'} it came`;
}
