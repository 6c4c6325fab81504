import type { Readable } from 'node:stream';
import type { Client as UndiciClient } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { Delivery, Header } from '../core/delivery.js';
import type { Fault } from '../core/fault.js';
import { Connection } from './connect.js';
import { Exchange, type Exchanged } from './exchange.js';
import { correctParser } from './parser.js';
import type { Place } from './place.js';
import { headersBy, requestTarget, type Way } from './way.js';

/** The time limit of an attempt, and what of it has passed. */
export interface Limit {
  readonly timeLimitMs: number;
  readonly spentMs: number;
}

/** A fault, and what makes a body that goes wrong by it. */
export interface Faulty {
  readonly fault: Fault;
  readonly faultyBody: typeof import('./faulty.js').faultyBody;
}

/** One connection to one origin, kept open between deliveries, which it carries one at a time. */
export class Lane {
  /** False once a deadline or an error left the connection in an unknown state. */
  usable = true;
  private current: Exchange | null = null;
  private connection: Connection | null = null;
  private readonly client: UndiciClient;

  constructor(private readonly way: Way) {
    this.client = new Client(way.place.origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: ({ servername }, callback) => {
        const connection = new Connection(way, servername ?? null, (error, socket) => {
          if (!socket) return callback(error ?? new Error('not connected'), null);
          socket.once('close', () => {
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

  /** Sends one delivery; resolves when it is answered, failed or out of time. Rejects what is no request. */
  send(delivery: Delivery, place: Place, { timeLimitMs, spentMs }: Limit, faulty: Faulty | null): Promise<Exchanged> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(deadline);
        this.current = null;
      };
      const settle = (exchanged: Exchanged) => {
        end();
        // What is still unsent of a request that was answered early would hold up the next one.
        if (exchanged.error || (this.connection?.socket?.writableLength ?? 0) > 0) this.discard();
        resolve(exchanged);
      };
      const refuse = (error: Error) => {
        end();
        reject(error);
      };
      const exchange = new Exchange(this.way, settle, refuse);
      const deadline = setTimeout(() => exchange.timeOut(timeLimitMs), timeLimitMs - spentMs);
      this.current = exchange;
      if (this.connection) exchange.reuses(this.connection);
      this.client.dispatch(
        {
          path: requestTarget(this.way, place),
          method: delivery.method as 'POST',
          headers: headersBy(this.way, faulty ? withLength(delivery) : delivery.headers),
          body: this.body(delivery, faulty) as Uint8Array | Readable,
        },
        exchange,
      );
    });
  }

  private body({ body, framing }: Delivery, faulty: Faulty | null): Uint8Array | AsyncIterable<Uint8Array> {
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
