import type { Socket } from 'node:net';
import type { Attempt, Phase, Timing } from '../core/attempt.js';
import type { Delivery, Header } from '../core/delivery.js';
import { type Connecting, type Connection, remoteAddress } from './connect.js';
import { explainFailure, explainTimeout } from './explain.js';

/** Bytes of an answer's body that are read, and that are kept. */
export const readLimit = 1024 * 1024;
export const keepLimit = 64 * 1024;

/** What a transport tells of one attempt; who sends knows its number and its place in the schedule. */
export type Exchanged = Omit<Attempt, 'number' | 'scheduledAtMs' | 'startedAt'>;

/**
 * One request and its answer: the handler that undici calls, and the stopwatch beside it.
 * Settles exactly once, whatever the receiver does.
 */
export class Exchange {
  connecting: Connecting | null = null;
  private connection: Connection | null = null;
  private socket: Socket | null = null;
  private bytesBefore = 0;
  private readonly start = performance.now();
  private sendStart: number | null = null;
  private sent: number | null = null;
  private firstByte: number | null = null;
  private status: number | null = null;
  private headers: Header[] = [];
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private bytes = 0;
  private settled = false;
  private abort: ((error?: Error) => void) | null = null;

  constructor(
    private readonly place: string,
    private readonly settle: (exchanged: Exchanged) => void,
  ) {}

  /** A connection was opened for this exchange. */
  opened(connection: Connection): void {
    this.connection = connection;
  }

  /** The socket that carries the exchange, new or already open. */
  carriedBy(socket: Socket): void {
    this.socket = socket;
    this.bytesBefore = socket.bytesRead;
  }

  onConnect(abort: (error?: Error) => void): void {
    this.abort = abort;
    this.sendStart = performance.now();
  }

  onRequestSent(): void {
    this.sent = performance.now();
  }

  onResponseStarted(): void {
    this.firstByte = performance.now();
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    if (status < 200) return true;
    this.status = status;
    this.headers = pairs(rawHeaders);
    return true;
  }

  onData(chunk: Buffer): boolean {
    const room = keepLimit - this.keptBytes;
    if (room > 0) {
      this.kept.push(Buffer.from(chunk.subarray(0, room)));
      this.keptBytes += Math.min(room, chunk.length);
    }
    this.bytes = Math.min(readLimit, this.bytes + chunk.length);
    if (this.bytes === readLimit) {
      this.finish(null);
      this.abort?.();
      return false;
    }
    return true;
  }

  onComplete(): void {
    this.finish(null);
  }

  onError(error: Error): void {
    this.finish(explainFailure(error, this.phase(), this.bytesCame(), this.place));
  }

  /** The deadline passed. */
  timeOut(timeLimitMs: number): void {
    this.finish(explainTimeout(timeLimitMs, this.phase()));
  }

  private bytesCame(): boolean {
    return this.status !== null || (this.socket !== null && this.socket.bytesRead > this.bytesBefore);
  }

  private phase(): Phase {
    if (this.sendStart === null) return this.connecting?.phase ?? 'connect';
    if (this.firstByte !== null) return 'receive';
    return this.sent === null ? 'send' : 'wait';
  }

  private finish(error: Attempt['error']): void {
    if (this.settled) return;
    this.settled = true;
    const response =
      this.status === null
        ? null
        : {
            headers: this.headers,
            bytes: this.bytes,
            body: this.kept.length === 1 ? this.kept[0]! : Buffer.concat(this.kept),
            truncated: this.bytes > this.keptBytes || this.bytes === readLimit,
          };
    this.settle({
      remoteAddress: this.socket ? remoteAddress(this.socket) : null,
      status: this.status,
      timing: this.timing(performance.now()),
      response,
      error,
    });
  }

  private timing(end: number): Timing {
    const { sendStart, firstByte } = this;
    const sent = this.sent ?? (firstByte === null ? null : firstByte);
    return {
      dnsMs: this.connection?.dnsMs ?? null,
      connectMs: this.connection?.connectMs ?? null,
      tlsMs: this.connection?.tlsMs ?? null,
      sendMs: sendStart === null ? null : (sent ?? end) - sendStart,
      waitMs: sent === null ? null : Math.max(0, (firstByte ?? end) - sent),
      receiveMs: firstByte === null ? null : end - firstByte,
      totalMs: end - this.start,
      reused: this.connection === null && sendStart !== null,
    };
  }
}

function pairs(raw: Buffer[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    headers.push([raw[i]!.toString('latin1'), raw[i + 1]!.toString('latin1')]);
  }
  return headers;
}

/** The headers of a delivery as undici takes them: flat, in order, letter case kept. */
export function flatHeaders(delivery: Delivery): string[] {
  return delivery.headers.flat();
}
