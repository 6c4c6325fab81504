import type { WireWarning } from '../core/attempt.js';
import type { Exchanged } from './exchange.js';
import type { PooledConnection } from './pooledConnection.js';

/** Milliseconds that an answer on a new connection may take while others are kept, before one of those is closed for it. */
const patienceMs = 250;
/** Milliseconds after the end of a kept connection in which an answer is taken for its effect. */
const soonMs = 100;
/** So many answers have to have waited like that, of all that waited at least so large a share, and so many times as long as on kept connections. */
const enough = { answers: 2, share: 0.8, times: 5 };

/** A delivery on a new connection, and when that was first seen to be open. */
interface Wait {
  readonly lane: PooledConnection;
  openAt: number | null;
  timer: NodeJS.Timeout | null;
}

/**
 * Sees whether answers on new connections come only when kept ones are closed, as they do of a server that serves one connection per
 * worker, and closes kept connections for those who wait.
 */
export class HeldConnections {
  private keptSince: number | null = null;
  private freedAt = Number.NEGATIVE_INFINITY;
  /** Kept connections that are closed after their next answer. */
  private owed = 0;
  private longWaits = 0;
  private readonly behind = { count: 0, sumMs: 0, longestMs: 0 };
  private readonly kept = { count: 0, sumMs: 0 };
  private isWarned = false;

  constructor(
    private readonly now: () => number,
    /** Closes an idle connection; false where there is none. */
    private readonly closeIdle: () => boolean,
    /** The option, as the user writes it, that keeps no connection open. */
    private readonly withoutKeeping: string,
  ) {}

  /** A delivery goes out on a new connection. */
  begin(lane: PooledConnection): Wait {
    const wait: Wait = { lane, openAt: null, timer: null };
    this.arm(wait);
    return wait;
  }

  /** Records the end of an exchange on a new connection. */
  end({ timer }: Wait, { status, timing }: Exchanged): void {
    clearTimeout(timer ?? undefined);
    if (status === null || this.keptSince === null) return;
    const answeredAt = this.now() - (timing.receiveMs ?? 0);
    const onConnectionMs = (timing.tlsMs ?? 0) + (timing.sendMs ?? 0) + (timing.waitMs ?? 0);
    const waitedMs = Math.min(onConnectionMs, answeredAt - this.keptSince);
    if (waitedMs < patienceMs) return;
    this.longWaits++;
    if (answeredAt - this.freedAt > soonMs) return;
    this.behind.count++;
    this.behind.sumMs += waitedMs;
    this.behind.longestMs = Math.max(this.behind.longestMs, waitedMs);
  }

  /** Records the end of an exchange on a kept connection. */
  reused({ status, timing }: Exchanged): void {
    if (status === null) return;
    this.kept.count++;
    this.kept.sumMs += timing.waitMs ?? 0;
  }

  /** A connection is to be kept; false where it is to be closed for another. */
  keeps(): boolean {
    this.keptSince ??= this.now();
    if (this.owed === 0) return true;
    this.owed--;
    this.freed();
    return false;
  }

  /** A kept connection has ended. */
  freed(): void {
    this.freedAt = this.now();
  }

  /** Returns a warning about held connections, once; null for none. */
  warning(): WireWarning | null {
    const { behind, kept, longWaits } = this;
    const isShown =
      behind.count >= enough.answers &&
      behind.count >= enough.share * longWaits &&
      behind.sumMs / behind.count >= (enough.times * kept.sumMs) / Math.max(1, kept.count);
    if (!isShown || this.isWarned) return null;
    this.isWarned = true;
    return {
      code: 'WAITED_BEHIND_CONNECTIONS',
      message: `${behind.count} answers on new connections came only when a kept connection was closed, up to ${Math.round(behind.longestMs)} ms late: the receiver seems to serve one connection per worker. ${this.withoutKeeping} opens a connection for each delivery`,
    };
  }

  private arm(wait: Wait): void {
    wait.timer = setTimeout(() => {
      if (wait.lane.isAnswered) return;
      this.arm(wait);
      const since = this.keptSince;
      // One that is slow to be opened waits for no other.
      if (since === null || !wait.lane.isOpen) return;
      wait.openAt ??= this.now();
      if (this.now() - Math.max(wait.openAt, since) < patienceMs) return;
      if (this.closeIdle()) this.freed();
      else this.owed++;
    }, patienceMs);
    wait.timer.unref();
  }
}
