import type { WireWarning } from '../core/attempt.js';
import { nameWhenOff } from '../core/errors.js';
import type { ConnectionPlan } from './connectionPlan.js';
import type { Exchanged } from './exchange.js';
import { HeldConnections } from './heldConnections.js';
import { type ConnectionOwner, type ConnectionRequest, PooledConnection } from './pooledConnection.js';

/** The connections to one origin. */
export class ConnectionPool {
  private readonly idle: PooledConnection[] = [];
  private readonly lanes = new Set<PooledConnection>();
  private readonly held: HeldConnections;
  private readonly owner: ConnectionOwner;

  constructor(
    private readonly way: ConnectionPlan,
    { now, warn }: Pick<ConnectionOwner, 'now' | 'warn'>,
  ) {
    this.held = new HeldConnections(now, () => this.closeIdle(), nameWhenOff(way.route.nameOf, 'keepAlive'));
    this.owner = { now, warn, closed: (lane) => this.ended(lane) };
  }

  /** Sends on a kept connection; on a new one where there is none, or where `isNew` asks for it. */
  async send(request: ConnectionRequest, isNew: boolean): Promise<Exchanged> {
    const lane = isNew ? null : this.take();
    const exchanged = lane ? await this.sendOn(lane, request) : await this.sendOnNew(request);
    if (!lane?.wasNeverWritten) {
      if (lane) this.held.reused(exchanged);
      return exchanged;
    }
    const { limit } = request;
    const spentMs = limit.spentMs + exchanged.timing.totalMs;
    const second = await this.sendOnNew({ ...request, limit: { ...limit, spentMs } });
    return { ...second, timing: { ...second.timing, totalMs: exchanged.timing.totalMs + second.timing.totalMs } };
  }

  /** Sends on a connection that ends with the answer; none is held open meanwhile. */
  async sendApart(request: ConnectionRequest): Promise<Exchanged> {
    while (this.closeIdle());
    return this.sendOn(this.open(), request);
  }

  /** Returns a warning about all that was sent; null for none. */
  warning(): WireWarning | null {
    return this.held.warning();
  }

  close(): void {
    for (const lane of this.lanes) lane.discard();
    this.lanes.clear();
    this.idle.length = 0;
  }

  private async sendOnNew(request: ConnectionRequest): Promise<Exchanged> {
    const lane = this.open();
    const wait = this.held.begin(lane);
    const exchanged = await this.sendOn(lane, request);
    this.held.end(wait, exchanged);
    return exchanged;
  }

  private async sendOn(lane: PooledConnection, request: ConnectionRequest): Promise<Exchanged> {
    try {
      return await lane.send(request);
    } finally {
      if (lane.isKept && !this.held.keeps()) lane.discard();
      if (lane.usable) this.idle.push(lane);
      else this.lanes.delete(lane);
    }
  }

  private open(): PooledConnection {
    const lane = new PooledConnection(this.way, this.owner);
    this.lanes.add(lane);
    return lane;
  }

  /** The kept connection that was used last. */
  private take(): PooledConnection | null {
    for (let lane = this.idle.pop(); lane; lane = this.idle.pop()) {
      if (lane.isFresh) return lane;
      this.drop(lane);
    }
    return null;
  }

  /** Drops an idle connection that has ended. */
  private ended(lane: PooledConnection): void {
    this.held.freed();
    const at = this.idle.indexOf(lane);
    if (at >= 0) this.idle.splice(at, 1);
    if (at >= 0) this.drop(lane);
  }

  private closeIdle(): boolean {
    const lane = this.idle.shift();
    if (lane) this.drop(lane);
    return lane !== undefined;
  }

  private drop(lane: PooledConnection): void {
    lane.discard();
    this.lanes.delete(lane);
  }
}
