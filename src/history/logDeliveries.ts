import type { Project } from '../config/project.js';
import type { ChosenTarget } from '../config/target.js';
import { type NameOf, nameWhenOff } from '../core/errors.js';
import type { LogCommand, LogEntry } from '../core/logEntry.js';
import { directRoute, type Route } from '../core/route.js';
import type { DeliveryEnded } from '../core/run.js';
import { maskAddress } from '../core/secretParameters.js';
import type { World } from '../core/world.js';
import { EventMask } from '../report/shared/eventMask.js';
import { maskUrl } from '../report/shared/maskSent.js';
import { append } from './append.js';
import { type LogFolder, logFolder } from './logFolder.js';
import { type LoggedDelivery, recordLine } from './record.js';
import { endRecordLine, type LoggedEnd } from './recordEnd.js';
import { type LoggedLoad, loadRecordLine } from './recordLoad.js';

/** Deliveries of a run that are all kept; of more only those that were not ok, and the last. */
const most = 1000;
/** Deliveries that wait to be written; the oldest are left out, as the log's bound would do a moment later. */
const maxWaiting = 1000;
const maxWaitingBytes = 16 * 1024 * 1024;
/** The amount that is written at once during a run: small enough not to affect the timing of deliveries. */
const batch = 64;
const pauseMs = 50;

/** A delivery with the key under which it is kept. */
interface Keyed extends LoggedDelivery {
  readonly key: string;
}

interface LogWriterOptions {
  readonly log: LogFolder;
  readonly command: LogCommand;
  /** Fresh hex digits. */
  readonly freshHex: (bytes: number) => string;
  /** Called once, where the log can't be written; the run goes on. */
  readonly onFailure: (error: NodeJS.ErrnoException) => void;
}

/**
 * Writes the deliveries of one run: one that comes alone at once, those of a flood soon after, all of them at its end. What waits
 * when the process is killed is lost.
 */
class LogWriter {
  private readonly waiting: Keyed[] = [];
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private failed = false;
  private count = 0;
  /** The latest delivery, unless all are kept. */
  private latest: Keyed | null = null;
  private readonly run: string;

  constructor(private readonly options: LogWriterOptions) {
    this.run = options.freshHex(6);
  }

  /** Adds a delivery; returns its key in the log, null where it may not be kept. */
  add(logged: LoggedDelivery): string | null {
    const keyed = { ...logged, key: this.options.freshHex(6) };
    const isOneOfMany = ++this.count > most && logged.event.ok;
    this.latest = isOneOfMany ? keyed : null;
    if (!isOneOfMany) this.keep(keyed);
    return isOneOfMany || this.failed ? null : keyed.key;
  }

  /** Adds the result of a load. */
  addLoad(load: LoggedLoad): void {
    this.close();
    const { command, freshHex } = this.options;
    if (!this.failed) this.append(`${loadRecordLine(load, { key: freshHex(6), run: this.run, command })}\n`);
  }

  /** Adds the result of a check or a run of suites. */
  addEnd(end: LoggedEnd): void {
    this.close();
    const { command, freshHex } = this.options;
    if (!this.failed) this.append(`${endRecordLine(end, { key: freshHex(6), run: this.run, command })}\n`);
  }

  /** Writes the rest. */
  close(): void {
    if (this.latest) this.keep(this.latest);
    this.latest = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    while (this.waiting.length > 0) this.write();
  }

  private keep(logged: Keyed): void {
    if (this.failed) return;
    this.waiting.push(logged);
    this.waitingBytes += weight(logged);
    while (this.waiting.length > maxWaiting || this.waitingBytes > maxWaitingBytes) this.take();
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
    const { command } = this.options;
    let lines = '';
    for (let count = 0; count < batch && this.waiting.length > 0 && lines.length < maxWaitingBytes / 16; count++) {
      const logged = this.take();
      lines += `${recordLine(logged, { key: logged.key, run: this.run, command })}\n`;
    }
    this.append(lines);
  }

  private append(lines: string): void {
    const { log, onFailure } = this.options;
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

/** The target and route of a delivery. */
export interface SentWith {
  readonly target: Pick<ChosenTarget, 'name' | 'publicUrlFor'>;
  readonly route: Route;
}

/** The reason for a delivery, where that is not an event alone: the defaults of all are null and `event`. */
export interface LogContext extends Partial<Pick<LogEntry, 'resendOf' | 'purpose' | 'caseName'>> {}

/** The delivery log of one run. */
export interface DeliveryLog {
  /** Adds a delivery that has ended; returns its key in the log, null where it is not kept. */
  add(event: DeliveryEnded, sent: SentWith, context?: LogContext): string | null;
  /** Adds the result of a load. */
  addLoad(load: LoggedLoad): void;
  /** Adds the result of a check or a run of suites. */
  addEnd(end: LoggedEnd): void;
  /** Adds a received request as a delivery of its sender, null where that was not recognized; returns its key, null where it is not kept. */
  addReceived(event: DeliveryEnded, sender: string | null): string | null;
  /** Writes all that is waiting. */
  close(): void;
}

/** The project and the command that a log belongs to. */
export interface LogOwner {
  readonly project: Pick<Project, 'folder' | 'config'>;
  readonly command: LogCommand;
}

export interface LogOptions {
  readonly log?: boolean;
  readonly nameOf: NameOf;
  readonly quiet?: boolean;
}

/** Opens the delivery log of a project; one that keeps nothing where it is off, in CI, and where there is no home. Never throws. */
export function logDeliveries({ project, command }: LogOwner, flags: LogOptions, io: World): DeliveryLog {
  const isOff = flags.log === false || project.config.log === false || isCi(io);
  const log = isOff ? null : logFolder(project.folder, io);
  if (log === null) {
    return { add: () => null, addLoad: () => {}, addEnd: () => {}, addReceived: () => null, close: () => {} };
  }
  const mask = new EventMask(io.secrets);
  const writer = new LogWriter({
    log,
    command,
    freshHex: hexFrom(io),
    onFailure: ({ code }) => {
      if (!flags.quiet) {
        io.stderr.write(
          `The delivery log can't be written (${code} in ${log.path}). ${nameWhenOff(flags.nameOf, 'log')} goes without.\n`,
        );
      }
    },
  });
  return {
    add(event, { target, route }, context) {
      return writer.add({
        event,
        target: target.name,
        publicUrl: target.publicUrlFor?.(event.delivery) ?? null,
        route,
        mask,
        ...context,
      });
    },
    addLoad: (load) => writer.addLoad({ ...load, url: maskUrl(maskAddress(load.url), io.secrets) }),
    addEnd: (end) => writer.addEnd({ ...end, url: end.url && maskUrl(maskAddress(end.url), io.secrets) }),
    addReceived: (event, sender) => writer.add({ event, target: null, route: directRoute, mask, received: { sender } }),
    close: () => writer.close(),
  };
}

/** Returns whether a machine works here: CI services set CI. */
export function isCi({ env }: Pick<World, 'env'>): boolean {
  return !['', '0', 'false'].includes(env.CI?.toLowerCase() ?? '');
}

/** Bytes that are drawn at once: each draw is a call of the system. */
const drawn = 6 * 256;

/** Gives as many fresh bytes as are asked for, as hex. */
function hexFrom({ entropy }: World): (bytes: number) => string {
  let digits = '';
  return (bytes) => {
    if (digits.length < 2 * bytes) digits = Buffer.from(entropy(Math.max(drawn, bytes))).toString('hex');
    const taken = digits.slice(0, 2 * bytes);
    digits = digits.slice(2 * bytes);
    return taken;
  };
}
