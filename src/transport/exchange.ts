import { type Attempt, type AttemptError, closedWhileIdle, type Phase, type Timing } from '../core/attempt.js';
import { Answer } from './answer.js';
import { wasAskedForCertificate } from './certificateRequests.js';
import type { Connection } from './connect.js';
import type { ConnectionPlan } from './connectionPlan.js';
import { explainFailure, explainTimeout, type FailedAttempt, isClose, isMisuse } from './explain.js';
import { isOwnAnswer, rejection } from './proxy.js';
import { readStopwatch } from './stopwatch.js';

/** The transport's part of an attempt; the sender adds its number and its place in the schedule. */
export type Exchanged = Omit<Attempt, 'number' | 'scheduledAtMs' | 'startedAt'>;

/** Milliseconds after the write of a request within which a close of a kept connection is one of the idle connection. */
const idleCloseMs = 10;

/**
 * One request and its answer: the handler that undici calls, and the stopwatch next to it.
 * Settles exactly once, whatever the receiver does.
 */
export class Exchange {
  private connection: Connection | null = null;
  private reused = false;
  private bytesBefore = 0;
  private readonly start = readStopwatch();
  private sendStart: number | null = null;
  private writtenAt = 0;
  /** True once the data that had arrived when the request was written has been read. */
  private wasReadSince = false;
  private sent: number | null = null;
  private firstByte: number | null = null;
  private interim = false;
  private answer: Answer | null = null;
  private settled = false;
  private abort: ((error?: Error) => void) | null = null;

  constructor(
    private readonly way: ConnectionPlan,
    private readonly settle: (exchanged: Exchanged) => void,
    /** Takes the error of a request that cannot be sent to anybody. */
    private readonly reject: (error: Error) => void,
    /** Milliseconds from any start. */
    private readonly now: () => number,
  ) {}

  /** True once writing the request has begun. */
  get isWritten(): boolean {
    return this.sendStart !== null;
  }

  /** True once an answer has begun. */
  get isAnswered(): boolean {
    return this.firstByte !== null;
  }

  /** True when the kept connection ended before anything was written. */
  get wasNeverWritten(): boolean {
    return this.reused && !this.isWritten;
  }

  /** A connection is being opened for this exchange. */
  opens(connection: Connection): void {
    this.connection = connection;
    this.reused = false;
    this.bytesBefore = 0;
  }

  /** A connection is open from an earlier exchange. */
  reuses(connection: Connection): void {
    this.connection = connection;
    this.reused = true;
    this.bytesBefore = connection.bytesRead;
  }

  onConnect(abort: (error?: Error) => void): void {
    this.abort = abort;
    this.sendStart = readStopwatch();
    this.writtenAt = this.now();
    // A busy process reads late what arrived long ago.
    if (!this.reused) return;
    const read = () => {
      this.wasReadSince = true;
    };
    setImmediate(() => setImmediate(read));
  }

  /** All is written; what the system did not take at once is sent when the socket has drained. */
  onRequestSent(): void {
    const sent = () => {
      this.sent ??= readStopwatch();
    };
    const socket = this.connection?.socket;
    if (socket?.writableNeedDrain) socket.once('drain', sent);
    else sent();
  }

  onResponseStarted(): void {
    this.firstByte = readStopwatch();
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    const { proxy } = this.way;
    if (proxy && proxy.tunnel === null && isOwnAnswer(status, rawHeaders)) this.fail(rejection(proxy, status));
    else if (status >= 200) this.answer = new Answer(status, rawHeaders);
    else if (status < 100) this.fail({ code: 'NOT_HTTP' });
    else if (status === 101) this.fail({ code: 'UNEXPECTED_UPGRADE' });
    else {
      this.interim = true;
      this.firstByte = null;
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.answer!.add(chunk)) return true;
    this.finish(null);
    this.abort?.();
    return false;
  }

  onComplete(): void {
    const socket = this.connection?.socket;
    // A body that ends with the connection is whole only if that was closed in good order (RFC 9112, section 8).
    const cut = socket?.errored || (this.connection?.cutOff && socket?.readableEnded);
    if (cut) this.fail({ code: 'ECONNRESET' });
    else this.finish(null);
  }

  onError(error: Error): void {
    if (isMisuse(error)) this.reject(error);
    else this.fail(error);
  }

  /** The deadline passed. */
  timeOut(timeLimitMs: number): void {
    this.finish(explainTimeout(timeLimitMs, this.failure(null)));
  }

  private fail(error: unknown): void {
    const failure = this.failure(error);
    this.finish(explainFailure(this.isIdleClose(failure) ? { ...failure, error: { code: closedWhileIdle } } : failure));
  }

  /** Returns whether the receiver probably closed a kept connection before it could know of the request. */
  private isIdleClose({ error, hasReceivedBytes }: FailedAttempt): boolean {
    if (!this.reused || !this.isWritten || hasReceivedBytes || this.way.dial || !isClose(error)) return false;
    return !this.wasReadSince || this.now() - this.writtenAt <= idleCloseMs;
  }

  private failure(error: unknown): FailedAttempt {
    const place = this.connection?.spot ?? this.way.spot;
    const hasReceivedBytes =
      this.interim || this.firstByte !== null || (this.connection?.bytesRead ?? 0) > this.bytesBefore;
    const { nameOf } = this.way.route;
    const circumstances = {
      isCertificateRequested: wasAskedForCertificate(this.connection?.socket),
      isCertificateShown: this.way.route.cert !== null,
    };
    return { error, phase: this.phase(), hasReceivedBytes, inBody: this.answer !== null, place, nameOf, circumstances };
  }

  private phase(): Phase {
    if (this.sendStart === null) return this.connection?.phase ?? 'connect';
    if (this.firstByte !== null) return 'receive';
    return this.sent === null ? 'send' : 'wait';
  }

  private finish(error: AttemptError | null): void {
    if (this.settled) return;
    this.settled = true;
    this.settle({
      remoteAddress: this.connection?.remoteAddress ?? null,
      status: this.answer?.status ?? null,
      timing: this.timing(readStopwatch()),
      response: this.answer?.response() ?? null,
      error,
    });
  }

  /** A phase that was in progress at the end lasts until then. */
  private timing(end: number): Timing {
    const { sendStart, firstByte } = this;
    const sent = this.sent ?? firstByte;
    const steps = this.reused ? undefined : this.connection?.watch?.steps(end);
    return {
      dnsMs: steps?.dnsMs ?? null,
      connectMs: steps?.connectMs ?? null,
      tlsMs: steps?.tlsMs ?? null,
      sendMs: sendStart === null ? null : (sent ?? end) - sendStart,
      waitMs: sent === null ? null : Math.max(0, (firstByte ?? end) - sent),
      receiveMs: firstByte === null ? null : end - firstByte,
      totalMs: end - this.start,
      reused: this.reused && sendStart !== null,
    };
  }
}
