import type { Readable } from 'node:stream';
import type { Client as UndiciClient } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { Fault, WireWarning } from '../core/attempt.js';
import type { Delivery, Header } from '../core/delivery.js';
import { Connection } from './connect.js';
import { type ConnectionPlan, requestHeaders, requestTarget } from './connectionPlan.js';
import type { Endpoint } from './endpoint.js';
import { Exchange, type Exchanged } from './exchange.js';
import { correctParser, isStray, keptUntil, maxIdleMs, reserveMs, strayBytes } from './parser.js';

/** The time limit of an attempt, and how much of it has passed. */
export interface Limit {
  readonly timeLimitMs: number;
  readonly spentMs: number;
}

/** A fault, and the function that makes its faulty body. */
export interface FaultInjection {
  readonly fault: Fault;
  readonly faultyBody: typeof import('./faulty.js').createFaultyBody;
}

/** A delivery for a lane, and how to send it. */
export interface ConnectionRequest {
  readonly delivery: Delivery;
  readonly place: Endpoint;
  readonly limit: Limit;
  readonly faulty: FaultInjection | null;
  /** True when the connection is to close after the answer, which the request says. */
  readonly isLast: boolean;
  readonly signal: AbortSignal | null;
}

/** The clock of a lane, and the callbacks for what happens while it is idle. */
export interface ConnectionOwner {
  /** Milliseconds from any start. */
  readonly now: () => number;
  /** Called when the connection ends while it is idle. */
  closed(lane: PooledConnection): void;
  /** Something is odd about a delivery that has been returned. */
  warn(delivery: Delivery, warning: WireWarning): void;
}

/** One connection to one origin, kept open between deliveries, which it carries one at a time. */
export class PooledConnection {
  /** False once a deadline or an error left the connection in an unknown state. */
  usable = true;
  /** True when the kept connection ended before a byte of the last request was written. */
  wasNeverWritten = false;
  private current: Exchange | null = null;
  private connection: Connection | null = null;
  /** The delivery that was answered last; whether it has been returned. */
  private last: { readonly delivery: Delivery; isReturned: boolean; hasStray: boolean } | null = null;
  /** Until when an idle connection may be used. */
  private usableUntil = Number.POSITIVE_INFINITY;
  private readonly client: UndiciClient;

  constructor(
    private readonly way: ConnectionPlan,
    private readonly owner: ConnectionOwner,
  ) {
    this.client = new Client(way.place.origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: maxIdleMs,
      keepAliveMaxTimeout: maxIdleMs,
      keepAliveTimeoutThreshold: reserveMs,
      connect: ({ servername }, callback) => {
        const connection = new Connection(way, servername ?? null, (error, socket) => {
          if (!socket) return callback(error ?? new Error('not connected'), null);
          socket.once('close', () => {
            this.ended(socket.errored);
            if (this.connection === connection) this.connection = null;
          });
          callback(null, socket);
          correctParser(socket);
        });
        this.connection = connection;
        this.current?.opens(connection);
      },
    });
  }

  /** True when its connection, if it still has one, may be used again. */
  get isFresh(): boolean {
    return this.usable && (this.connection === null || this.owner.now() < this.usableUntil);
  }

  /** True when its connection is open after an answer. */
  get isKept(): boolean {
    return this.usable && this.connection?.socket?.destroyed === false;
  }

  /** True once the other side, or its system, has taken the connection. */
  get isOpen(): boolean {
    return this.connection !== null && this.connection.phase !== 'dns' && this.connection.phase !== 'connect';
  }

  /** True once the answer to the current request has begun. */
  get isAnswered(): boolean {
    return this.current === null || this.current.isAnswered;
  }

  /** Sends one delivery; resolves when it is answered, failed or out of time. Rejects an invalid request. */
  send({
    delivery,
    place,
    limit: { timeLimitMs, spentMs },
    faulty,
    isLast,
    signal,
  }: ConnectionRequest): Promise<Exchanged> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(deadline);
        signal?.removeEventListener('abort', stop);
        this.current = null;
      };
      const settle = (exchanged: Exchanged) => {
        end();
        const { error } = exchanged;
        this.wasNeverWritten = exchange.wasNeverWritten && error?.kind === 'unreachable' && error.code !== 'STOPPED';
        if (error) {
          this.discard();
          return resolve(exchanged);
        }
        const { headers } = exchanged.response!;
        this.usableUntil = this.owner.now() + keptUntil(headers);
        this.last = { delivery, isReturned: false, hasStray: false };
        // Bytes right after the answer are noticed before it is reported, and before the next request.
        setImmediate(() => resolve(this.conclude(exchanged, isLast)));
      };
      const refuse = (error: Error) => {
        end();
        reject(error);
      };
      const exchange = new Exchange(this.way, settle, refuse, this.owner.now);
      const deadline = setTimeout(() => exchange.timeOut(timeLimitMs), timeLimitMs - spentMs);
      const stop = () => this.discard();
      signal?.addEventListener('abort', stop, { once: true });
      this.current = exchange;
      if (this.connection) exchange.reuses(this.connection);
      this.client.dispatch(
        {
          path: requestTarget(this.way, place),
          method: delivery.method as 'POST',
          headers: requestHeaders(this.way, faulty ? withLength(delivery) : delivery.headers),
          body: this.body(delivery, faulty) as Uint8Array | Readable,
          ...(isLast && { reset: true }),
        },
        exchange,
      );
    });
  }

  /** Returns the exchange, with a warning about bytes after it; the connection is dropped where it can't be used again. */
  private conclude(exchanged: Exchanged, isLast: boolean): Exchanged {
    const { last, connection } = this;
    const socket = connection?.socket;
    if (isStray(socket?.errored)) last!.hasStray = true;
    last!.isReturned = true;
    // The unsent rest of a request that was answered early would hold up the next one.
    if (isLast || (socket?.writableLength ?? 0) > 0) this.discard();
    return last!.hasStray ? { ...exchanged, warnings: [strayBytes(this.way.spot)] } : exchanged;
  }

  /** Handles the end of the connection; the exchange handles that of its request. */
  private ended(error: Error | null): void {
    const { last, owner } = this;
    if (this.current?.isWritten) return;
    if (last && isStray(error) && !last.hasStray) {
      last.hasStray = true;
      if (last.isReturned) owner.warn(last.delivery, strayBytes(this.way.spot));
    }
    owner.closed(this);
  }

  private body({ body, framing }: Delivery, faulty: FaultInjection | null): Uint8Array | AsyncIterable<Uint8Array> {
    if (faulty) return faulty.faultyBody(body, faulty.fault, () => this.connection?.socket ?? null);
    return framing === 'chunked' ? chunked(body) : body;
  }

  /** Closes the connection at once. */
  discard(): void {
    this.usable = false;
    if (this.connection?.isOpen === false) this.connection.abandon();
    this.client.destroy(null).catch(() => {});
  }
}

/** The headers of a delivery whose body comes in pieces, but is announced as one. */
function withLength({ headers, body, framing }: Delivery): readonly Header[] {
  return framing === 'chunked' ? headers : [...headers, ['content-length', String(body.length)]];
}

async function* chunked(body: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = Math.max(1, Math.ceil(body.length / 2));
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
