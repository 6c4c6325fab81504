import type { Delivery } from '../core/delivery.js';
import type { Fault } from '../core/fault.js';
import { directRoute, type Route } from '../core/route.js';
import { decodeResponse } from './decodeResponse.js';
import type { Exchanged } from './exchange.js';
import { type Faulty, Lane, type Limit } from './lane.js';
import { type Place, placeOf } from './place.js';
import { type Dial, wayTo } from './way.js';

/** Puts deliveries on the wire, over connections that it keeps open between them. */
export class Transport {
  private readonly idle = new Map<string, Lane[]>();
  private readonly lanes = new Set<Lane>();
  private readonly places = new Map<string, Place>();
  /** Origins that close connections which they said they keep. */
  private readonly fickle = new Set<string>();
  private readonly route: Route;
  private readonly dial: Dial | null;

  /** What a route leaves out is direct; with `dial` no route is taken, and each connection is what it returns. */
  constructor({ route, dial }: { readonly route?: Partial<Route>; readonly dial?: Dial } = {}) {
    this.route = { ...directRoute, ...route };
    this.dial = dial ?? null;
  }

  /**
   * Sends a delivery within a time limit; failures are values. Rejects only what is no HTTP request.
   * Time that a fault takes by itself is added to the limit.
   * Where a receiver had closed a connection that it had promised to keep, a new one is opened, once, and none is kept from then on.
   */
  async send(delivery: Delivery, limitMs: number, fault: Fault | null = null): Promise<Exchanged> {
    return decodeResponse(await this.deliver(delivery, limitMs, fault));
  }

  /** Closes all connections; attempts under way end as unreachable or broken. */
  close(): void {
    for (const lane of this.lanes) lane.discard();
    this.lanes.clear();
    this.idle.clear();
  }

  private async deliver(delivery: Delivery, limitMs: number, fault: Fault | null): Promise<Exchanged> {
    const place = this.place(delivery.url);
    const faulty = fault && { fault, faultyBody: (await import('./faulty.js')).faultyBody };
    const timeLimitMs = fault?.kind === 'slow-upload' ? limitMs + fault.durationMs : limitMs;
    const first = await this.exchange(delivery, place, { timeLimitMs, spentMs: 0 }, faulty);
    if (!wasStale(first)) return first;
    this.mistrust(place.origin);
    const spentMs = first.timing.totalMs;
    const second = await this.exchange(delivery, place, { timeLimitMs, spentMs }, faulty);
    return { ...second, timing: { ...second.timing, totalMs: spentMs + second.timing.totalMs } };
  }

  private async exchange(delivery: Delivery, place: Place, limit: Limit, faulty: Faulty | null): Promise<Exchanged> {
    const free = this.free(place.origin);
    let lane = free.pop();
    if (!lane) {
      lane = new Lane(wayTo(place, this.route, this.dial));
      this.lanes.add(lane);
    }
    try {
      return await lane.send(delivery, place, limit, faulty);
    } finally {
      if (this.fickle.has(place.origin)) lane.discard();
      if (lane.usable) free.push(lane);
      else this.lanes.delete(lane);
    }
  }

  private mistrust(origin: string): void {
    this.fickle.add(origin);
    for (const lane of this.free(origin).splice(0)) {
      lane.discard();
      this.lanes.delete(lane);
    }
  }

  private free(origin: string): Lane[] {
    const free = this.idle.get(origin) ?? [];
    this.idle.set(origin, free);
    return free;
  }

  private place(url: string): Place {
    let place = this.places.get(url);
    if (!place) {
      place = placeOf(url);
      if (this.places.size < 1000) this.places.set(url, place);
    }
    return place;
  }
}

const closings = new Set(['CLOSED_EARLY', 'ECONNRESET', 'ECONNABORTED', 'EPIPE']);

/** Whether an attempt failed only because its connection, open from an earlier one, was closed meanwhile. */
function wasStale({ error, timing }: Exchanged): boolean {
  return error?.kind === 'unreachable' && timing.reused && closings.has(error.code);
}
