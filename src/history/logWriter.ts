import { append } from './append.js';
import type { LogFolder } from './logFolder.js';
import { type LoggedDelivery, recordLine } from './record.js';

/** Deliveries of a run that are all kept; of more only those that were not ok, and the last. */
const most = 1000;
/** Deliveries that wait to be written; the oldest are left out, as the log's bound would do a moment later. */
const mostWaiting = 1000;
const mostWaitingBytes = 16 * 1024 * 1024;
/** What is written at once while a run goes on: so little that it moves no delivery's timing. */
const batch = 64;
const pauseMs = 50;

/** A delivery with the key under which it is kept. */
interface Keyed extends LoggedDelivery {
  readonly key: string;
}

export interface LogWriterOptions {
  readonly log: LogFolder;
  /** Fresh hex digits. */
  readonly freshHex: (bytes: number) => string;
  /** Told once, where the log can't be written; the run goes on. */
  readonly onFailure: (error: NodeJS.ErrnoException) => void;
}

/**
 * Writes the deliveries of one run: one that comes alone at once, those of a flood soon after, all of them at its end. What waits
 * when the process is killed is lost.
 */
export class LogWriter {
  private readonly waiting: Keyed[] = [];
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private failed = false;
  private count = 0;
  /** The last one, where it is not among those that are all kept. */
  private latest: Keyed | null = null;
  private readonly run: string;

  constructor(private readonly options: LogWriterOptions) {
    this.run = options.freshHex(6);
  }

  /** Takes a delivery; the key under which it is kept, null where it may not be. */
  add(logged: LoggedDelivery): string | null {
    const keyed = { ...logged, key: this.options.freshHex(6) };
    const isOneOfMany = ++this.count > most && logged.event.ok;
    this.latest = isOneOfMany ? keyed : null;
    if (!isOneOfMany) this.keep(keyed);
    return isOneOfMany || this.failed ? null : keyed.key;
  }

  /** Writes what is left. */
  close(): void {
    if (this.latest) this.keep(this.latest);
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    while (this.waiting.length > 0) this.write();
  }

  private keep(logged: Keyed): void {
    if (this.failed) return;
    this.waiting.push(logged);
    this.waitingBytes += weight(logged);
    while (this.waiting.length > mostWaiting || this.waitingBytes > mostWaitingBytes) this.take();
    if (this.timer === null) this.tick();
  }

  private tick(): void {
    if (this.waiting.length === 0) {
      this.timer = null;
      return;
    }
    this.write();
    this.timer = setTimeout(() => this.tick(), pauseMs).unref();
  }

  private write(): void {
    const { log, onFailure } = this.options;
    let lines = '';
    for (let count = 0; count < batch && this.waiting.length > 0 && lines.length < mostWaitingBytes / 16; count++) {
      const logged = this.take();
      lines += `${recordLine(logged, { key: logged.key, run: this.run })}\n`;
    }
    try {
      append(log, lines, this.run);
    } catch (error) {
      this.failed = true;
      this.waiting.length = 0;
      onFailure(error as NodeJS.ErrnoException);
    }
  }

  private take(): Keyed {
    const logged = this.waiting.shift()!;
    this.waitingBytes -= weight(logged);
    return logged;
  }
}

function weight({ event: { delivery, attempts } }: LoggedDelivery): number {
  return delivery.body.length + (attempts.at(-1)?.response?.body.length ?? 0);
}
