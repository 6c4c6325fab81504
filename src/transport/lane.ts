import type { Readable } from 'node:stream';
import type { Client as UndiciClient } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { Delivery } from '../core/delivery.js';
import { type Connecting, type Connection, openConnection } from './connect.js';
import { Exchange, type Exchanged, flatHeaders } from './exchange.js';

/** The origin and path of a delivery's URL. */
export interface Place {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
}

/** One connection to one origin, kept open between deliveries, which it carries one at a time. */
export class Lane {
  /** False once a deadline or an error left the connection in an unknown state. */
  usable = true;
  private current: Exchange | null = null;
  private connecting: Connecting | null = null;
  private connection: Connection | null = null;
  private readonly client: UndiciClient;

  constructor(origin: string) {
    this.client = new Client(origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (target, callback) => {
        const exchange = this.current;
        this.connecting = openConnection(target, (error, connection) => {
          this.connecting = null;
          if (!connection) return callback(error ?? new Error('not connected'), null);
          this.connection = connection;
          connection.socket.once('close', () => {
            if (this.connection === connection) this.connection = null;
          });
          exchange?.opened(connection);
          exchange?.carriedBy(connection.socket);
          callback(null, connection.socket);
        });
        if (exchange) exchange.connecting = this.connecting;
      },
    });
  }

  /** Sends one delivery; resolves when it is answered, failed or out of time, and never rejects. */
  send(delivery: Delivery, place: Place, timeLimitMs: number): Promise<Exchanged> {
    return new Promise((resolve) => {
      const exchange = new Exchange(place.host, (exchanged) => {
        clearTimeout(deadline);
        this.current = null;
        if (exchanged.error) this.discard();
        resolve(exchanged);
      });
      const deadline = setTimeout(() => exchange.timeOut(timeLimitMs), timeLimitMs);
      this.current = exchange;
      if (this.connection) exchange.carriedBy(this.connection.socket);
      try {
        this.client.dispatch(
          {
            path: place.path,
            method: delivery.method as 'POST',
            headers: flatHeaders(delivery),
            body: delivery.framing === 'chunked' ? (chunked(delivery.body) as unknown as Readable) : delivery.body,
          },
          exchange,
        );
      } catch (error) {
        exchange.onError(error as Error);
      }
    });
  }

  /** Closes the connection at once. */
  discard(): void {
    this.usable = false;
    this.connecting?.abandon();
    this.client.destroy(null).catch(() => {});
  }
}

async function* chunked(body: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = Math.max(1, Math.ceil(body.length / 2));
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
