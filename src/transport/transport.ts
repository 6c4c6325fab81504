import type { Delivery } from '../core/delivery.js';
import type { Exchanged } from './exchange.js';
import { Lane } from './lane.js';
import { type Place, placeOf } from './place.js';

/** Puts deliveries on the wire, over connections that it keeps open between them. */
export class Transport {
  private readonly idle = new Map<string, Lane[]>();
  private readonly lanes = new Set<Lane>();
  private readonly places = new Map<string, Place>();

  /** Sends a delivery within a time limit; failures are values. Rejects only what is no HTTP request. */
  async send(delivery: Delivery, timeLimitMs: number): Promise<Exchanged> {
    const place = this.place(delivery.url);
    const free = this.free(place.origin);
    let lane = free.pop();
    if (!lane) {
      lane = new Lane(place.origin);
      this.lanes.add(lane);
    }
    try {
      return await lane.send(delivery, place, timeLimitMs);
    } finally {
      if (lane.usable) free.push(lane);
      else this.lanes.delete(lane);
    }
  }

  /** Closes all connections; attempts under way end as unreachable or broken. */
  close(): void {
    for (const lane of this.lanes) lane.discard();
    this.lanes.clear();
    this.idle.clear();
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
