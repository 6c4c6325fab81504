import type { AttemptError, Fault, WireWarning } from '../core/attempt.js';
import type { Delivery } from '../core/delivery.js';
import { directRoute, type NamedRoute } from '../core/route.js';
import { type Dial, planConnection } from './connectionPlan.js';
import { ConnectionPool } from './connectionPool.js';
import { decodeResponse } from './decodeResponse.js';
import { type Endpoint, parseEndpoint } from './endpoint.js';
import type { Exchanged } from './exchange.js';
import type { ConnectionRequest } from './pooledConnection.js';
import { readStopwatch } from './stopwatch.js';

/** Options for one attempt. */
export interface AttemptOptions {
  /** The deliberate fault. */
  readonly fault?: Fault | null;
  /**
   * `kept` uses a connection that is kept where there is one, `new` a new one, which is kept; `own` one that ends with the answer
   * (`Connection: close`), while no idle one is held open.
   */
  readonly connection?: 'kept' | 'new' | 'own';
  /** Ends the delivery, and with it the connection that carries it. */
  readonly signal?: AbortSignal;
}

/** Options of a transport. */
export interface TransportOptions {
  /** Missing parts mean a direct connection. */
  readonly route?: Partial<NamedRoute>;
  /** In place of a route: what each connection is. */
  readonly dial?: Dial;
  /** Milliseconds from any start, by which idle connections age. */
  readonly now?: () => number;
}

const silentCloses = new Set(['CLOSED_EARLY', 'ECONNRESET']);

/** A warning on the delivery of an id; null where it is on none. */
export interface TransportWarning extends WireWarning {
  readonly id: string | null;
}

/** Puts deliveries on the wire, over connections that it keeps open between them. */
export class Transport {
  private readonly pools = new Map<string, ConnectionPool>();
  private readonly places = new Map<string, Endpoint>();
  private readonly warnings: TransportWarning[] = [];
  /** The origins that have answered anything. */
  private readonly answeredOrigins = new Set<string>();
  private readonly explained = new Map<string, Promise<AttemptError | null>>();
  private readonly route: NamedRoute;
  private readonly dial: Dial | null;
  private readonly now: () => number;

  constructor({ route, dial, now }: TransportOptions = {}) {
    this.route = { ...directRoute, nameOf: (key) => key, ...route };
    this.dial = dial ?? null;
    this.now = now ?? readStopwatch;
  }

  /**
   * Sends a delivery within a time limit; failures are values. Rejects only an invalid request. Time that a fault takes by itself is added to the
   * limit. A kept connection that is closed before the first byte is written is replaced silently; nothing is ever sent twice.
   */
  async send(delivery: Delivery, limitMs: number, options: AttemptOptions = {}): Promise<Exchanged> {
    const { fault = null, connection = 'kept', signal = null } = options;
    const place = this.place(delivery.url);
    const faulty = fault && { fault, faultyBody: (await import('./faulty.js')).createFaultyBody };
    const timeLimitMs = fault?.kind === 'slow-upload' ? limitMs + fault.durationMs : limitMs;
    const isLast = connection === 'own' || !this.route.keepAlive;
    const request: ConnectionRequest = { delivery, place, limit: { timeLimitMs, spentMs: 0 }, faulty, isLast, signal };
    const pool = this.pool(place);
    const exchanged = await (isLast ? pool.sendApart(request) : pool.send(request, connection === 'new'));
    return decodeResponse(await this.explainSilence(exchanged, request));
  }

  /** An address that closes without ever having answered may speak TLS only. */
  private async explainSilence(exchanged: Exchanged, { place, limit, signal }: ConnectionRequest): Promise<Exchanged> {
    const { error } = exchanged;
    if (error === null || error.kind === 'broken') this.answeredOrigins.add(place.origin);
    const isSilent = error?.kind === 'unreachable' && silentCloses.has(error.code) && error.phase === 'wait';
    if (!isSilent || place.secure || this.dial || signal?.aborted || this.answeredOrigins.has(place.origin))
      return exchanged;
    let explained = this.explained.get(place.origin);
    if (!explained) {
      const { explainTls } = await import('./explainTls.js');
      // The rest of the attempt's own time limit.
      explained = explainTls(place, this.route, limit.timeLimitMs - exchanged.timing.totalMs);
      this.explained.set(place.origin, explained);
    }
    return { ...exchanged, error: (await explained) ?? error };
  }

  /** Takes a warning about a delivery that has not been reported, to be reported with those of the connections. */
  warn({ id }: Delivery, warning: WireWarning): void {
    this.warnings.push({ ...warning, id });
  }

  /** Returns the warnings of the connections since the last call, without those of attempts. */
  takeWarnings(): TransportWarning[] {
    return this.warnings.length === 0 ? [] : this.warnings.splice(0);
  }

  /** The last warnings of a run whose deliveries have all ended. */
  async conclude(): Promise<TransportWarning[]> {
    // What has already come is read.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const found = [...this.pools.values()].flatMap((pool) => pool.warning() ?? []);
    return [...this.takeWarnings(), ...found.map((warning) => ({ ...warning, id: null }))];
  }

  /** Closes all connections; attempts in progress end as unreachable or broken. */
  close(): void {
    for (const pool of this.pools.values()) pool.close();
  }

  private pool(place: Endpoint): ConnectionPool {
    let pool = this.pools.get(place.origin);
    if (!pool) {
      pool = new ConnectionPool(planConnection(place, this.route, this.dial), {
        now: this.now,
        warn: (delivery, warning) => this.warn(delivery, warning),
      });
      this.pools.set(place.origin, pool);
    }
    return pool;
  }

  private place(url: string): Endpoint {
    let place = this.places.get(url);
    if (!place) {
      place = parseEndpoint(url);
      if (this.places.size < 1000) this.places.set(url, place);
    }
    return place;
  }
}
