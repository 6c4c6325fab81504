import type { DeliveryEnded } from '../core/run.js';
import { answerKey } from './answer.js';
import { hasRetryAfter, isLimit, retryAfterMs, serverOf } from './concludeCheck.js';
import { longestBudgetMs, type Sendable, type Sender } from './sender.js';

/** The results of cases that were sent together. */
export interface Round {
  readonly results: Map<Sendable, DeliveryEnded[]>;
  /** Cases whose answers allow no conclusion, with the reason. */
  readonly withdrawn: Map<Sendable, { readonly symptom: 'limited' | 'unknown'; readonly reason: string }>;
  /** The reason why sending on is pointless; null where it is not. */
  readonly stop: string | null;
  /** The plain event is not accepted any more, and not because of a limit or a lock. */
  readonly isBroken?: true;
}

export interface PacedSenderOptions {
  readonly sender: Sender;
  /** The plain event. */
  readonly plain: Sendable;
  readonly isAccepted: (event: DeliveryEnded) => boolean;
}

/** Milliseconds that are waited for a receiver that stopped accepting, one after the other. */
const waitsMs = [1000, 2000, 4000, 8000];
const shortestPauseMs = 250;
const longestPauseMs = 2000;
/** So many go together to a receiver that limits or locks out. */
const fewTogether = 3;
/** The number of tries for a case that meets the limit each time, and the number of such cases after which there is only one try. */
const maxTries = 3;
const mostHopeless = 3;
/** A receiver that goes silent after so many rejections rather locks out than breaks. */
const rejectionsBeforeLockOut = 3;

/** Sends cases, with the plain event between blocks of forgeries; waits and slows down when it is no longer accepted. */
export class PacedSender {
  /** The number of times that the receiver stopped accepting the plain event, and accepted it again later. */
  lockOuts = 0;
  /** Whether it never accepted it again. */
  isLockedOut = false;
  private isSlow = false;
  private pauseMs = shortestPauseMs;
  /** The pause does not get shorter than after the last lock-out. */
  private floorMs = shortestPauseMs;
  private hasLimit = false;
  private forgeries = 0;
  private hopeless = 0;
  private server: string | null = null;

  constructor(private readonly options: PacedSenderOptions) {}

  async send(cases: readonly Sendable[], earlierBody: Uint8Array): Promise<Round> {
    const { sender } = this.options;
    if (cases[0] === this.options.plain) return this.sendFirst(cases[0], earlierBody);
    const round: Round = { results: new Map(), withdrawn: new Map(), stop: null };
    const areForgeries = cases[0]?.case.class === 'must-reject' && cases[0].case.judges === undefined;
    let queue = [...cases];
    let tries = 0;
    while (queue.length > 0) {
      const batch = this.isSlow ? queue.slice(0, tries > 0 ? 1 : fewTogether) : queue;
      if (this.isSlow && (areForgeries || this.hasLimit)) await sender.pause(this.pauseMs);
      const results = await sender.send(batch, earlierBody);
      if (areForgeries) this.forgeries += batch.length;
      else await this.sendHungAgain(batch, results, earlierBody);
      const limited = batch.filter((each) => this.isLimited(each, results.get(each)!));
      const plain = areForgeries || limited.length > 0 ? await this.sendPlain(earlierBody) : null;
      const lock = plain !== null && !this.options.isAccepted(plain) ? plain : null;
      // After many at once a receiver may still be busy with abandoned requests.
      const isBusy = lock !== null && hasTimedOut(lock) && batch.some(goesAtOnce);
      const isRecovered = isBusy && (await this.recover(lock, earlierBody, waitsMs)) !== null;
      if (isRecovered) {
        for (const each of batch) round.results.set(each, results.get(each)!);
        queue = queue.slice(batch.length);
        continue;
      }
      const isBroken = lock !== null && this.isBroken(lock, results);
      const unsure = batch.filter((each) => {
        if (isBroken && batch.length === 1) return false;
        return limited.includes(each) || (lock !== null && isLike(lock, results.get(each)!));
      });
      for (const each of batch) if (!unsure.includes(each)) round.results.set(each, results.get(each)!);
      queue = [...unsure, ...queue.slice(batch.length)];
      // The caller looks at the consequences of a breakdown.
      if (isBroken && (await this.recover(lock, earlierBody, [0, 700])) === null) {
        for (const each of unsure) round.results.set(each, results.get(each)!);
        const reason = 'the receiver does not accept the plain event any more';
        for (const each of queue.slice(unsure.length)) round.withdrawn.set(each, { symptom: 'unknown', reason });
        return { ...round, isBroken: true };
      }
      if (lock === null && unsure.length === 0) {
        tries = 0;
        this.pauseMs = Math.max(this.floorMs, this.pauseMs / 2);
        continue;
      }
      this.isSlow = true;
      sender.allow(longestBudgetMs);
      if (lock !== null && !isBroken) {
        const isMereLimit = isLimit(lock, this.server);
        const again = await this.recover(lock, earlierBody, isMereLimit ? [shortestPauseMs, ...waitsMs] : waitsMs);
        if (again === null) return isMereLimit ? giveUpLimited(round, queue, lock) : this.giveUp(round, queue);
        this.slowDown(isMereLimit);
      } else if (lock === null) {
        this.slowDown(true);
        await sender.pause(Math.max(0, ...limited.map((each) => retryAfterMs(results.get(each)!.at(-1)!))));
      }
      tries = unsure.length === batch.length ? tries + 1 : 0;
      const [first] = unsure;
      if (first && (tries > maxTries || this.hopeless >= mostHopeless)) {
        round.results.set(first, results.get(first)!);
        round.withdrawn.set(first, { symptom: 'limited', reason: limitReason(results.get(first)!) });
        queue = queue.filter((each) => each !== first);
        this.hopeless++;
      }
    }
    return round;
  }

  /** The plain event, which a receiver that limits the rate may take a little later. */
  private async sendFirst(plain: Sendable, earlierBody: Uint8Array): Promise<Round> {
    const results = await this.options.sender.send([plain], earlierBody);
    await this.sendHungAgain([plain], results, earlierBody);
    const event = results.get(plain)![0];
    this.server = event ? serverOf(event) : null;
    if (event && isLimit(event, null)) {
      const again = await this.recover(event, earlierBody, waitsMs);
      if (again) results.set(plain, [again]);
    }
    return { results, withdrawn: new Map(), stop: null };
  }

  /** A case that timed out is sent again alone: the second answer counts. */
  private async sendHungAgain(
    batch: readonly Sendable[],
    results: Map<Sendable, DeliveryEnded[]>,
    earlierBody: Uint8Array,
  ): Promise<void> {
    for (const each of batch) {
      if (!results.get(each)!.some(hasTimedOut) || this.options.sender.isOverBudget) continue;
      const again = (await this.options.sender.send([each], earlierBody)).get(each)!;
      if (again.length > 0) results.set(each, again);
    }
  }

  private slowDown(isMereLimit: boolean): void {
    this.pauseMs = Math.min(longestPauseMs, this.pauseMs * 2);
    if (isMereLimit) {
      this.hasLimit = true;
    } else {
      this.lockOuts++;
      this.floorMs = this.pauseMs;
    }
  }

  private async sendPlain(earlierBody: Uint8Array): Promise<DeliveryEnded | null> {
    const { sender, plain } = this.options;
    return (await sender.send([plain], earlierBody)).get(plain)?.[0] ?? null;
  }

  /** Waits until the plain event is accepted again; null where the waits and the budget run out. */
  private async recover(
    lock: DeliveryEnded,
    earlierBody: Uint8Array,
    waits: readonly number[],
  ): Promise<DeliveryEnded | null> {
    const retryAfter = retryAfterMs(lock);
    for (const wait of retryAfter > 0 ? [retryAfter, ...waits] : waits) {
      await this.options.sender.pause(wait);
      if (this.options.sender.isOverBudget) return null;
      const event = await this.sendPlain(earlierBody);
      if (event && this.options.isAccepted(event)) return event;
    }
    return null;
  }

  /** Whether a case met a limit of the receiver or of a proxy in front of it. Many at once may, if each is asked to retry later. */
  private isLimited(each: Sendable, ended: readonly DeliveryEnded[]): boolean {
    const limited = ended.filter((event) => isLimit(event, this.server));
    return limited.length > 0 && (!goesAtOnce(each) || limited.every(hasRetryAfter));
  }

  /** Whether a receiver that does not accept the plain event any more is rather broken than locked. */
  private isBroken(lock: DeliveryEnded, results: ReadonlyMap<Sendable, readonly DeliveryEnded[]>): boolean {
    if (isLimit(lock, this.server)) return false;
    const { status, error } = lock.attempts.at(-1)!;
    if (status !== null) return status >= 500;
    if (error?.code === 'ECONNREFUSED') return true;
    const rejected = [...results.values()].flat().filter(({ outcome }) => outcome === 'rejected').length;
    return Math.max(rejected, this.forgeries - results.size) < rejectionsBeforeLockOut;
  }

  private giveUp(round: Round, queue: readonly Sendable[]): Round {
    const reason = `the receiver stopped accepting the plain event after ${this.forgeries} forgeries: it seems to lock senders out; allow this one, or check only a few cases at a time`;
    this.isLockedOut = true;
    for (const each of queue) round.withdrawn.set(each, { symptom: 'unknown', reason });
    return { ...round, stop: reason };
  }
}

function giveUpLimited(round: Round, queue: readonly Sendable[], lock: DeliveryEnded): Round {
  const reason = limitReason([lock]);
  for (const each of queue) round.withdrawn.set(each, { symptom: 'limited', reason });
  return { ...round, stop: reason };
}

/** Returns whether the result of a case is the result of the plain event, too, so that it says nothing of the case. */
function isLike(lock: DeliveryEnded, ended: readonly DeliveryEnded[]): boolean {
  const { error } = lock.attempts.at(-1)!;
  const rough = (event: DeliveryEnded) => answerKey(event).replace(/\d+/g, '0');
  const status = (event: DeliveryEnded) => event.attempts.at(-1)!.status;
  return ended.some((event) => {
    if (error || event.attempts.at(-1)!.error) return error !== null && event.attempts.at(-1)!.error !== null;
    return status(event) === status(lock) && rough(event) === rough(lock);
  });
}

function goesAtOnce({ case: { copies, sequence } }: Sendable): boolean {
  return copies?.are === 'at once' || sequence?.are === 'at once';
}

function hasTimedOut({ attempts }: DeliveryEnded): boolean {
  return attempts.at(-1)!.error?.kind === 'timed_out';
}

function limitReason(ended: readonly DeliveryEnded[]): string {
  const status = ended.map(({ attempts }) => attempts.at(-1)!.status).find((each) => each !== null && each >= 429);
  if (status === undefined) return 'the receiver locks out whoever sends it, so that its answer says nothing';
  return status === 429
    ? 'the receiver limits the rate (429)'
    : `answered ${status}, as a proxy does, also when sent again`;
}
