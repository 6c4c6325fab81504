import type { StreamEvent } from './protocol.js';

type Without<T> = T extends { readonly cursor: string } ? Omit<T, 'cursor'> : T;
/** An event that all pages get. */
export type HubEvent = Without<Exclude<StreamEvent, { type: 'hello' | 'reset' | 'beat' | 'closing' }>>;

interface KeptLine {
  readonly number: number;
  readonly line: string;
}

/** A page that listens. */
export interface HubListener {
  send(line: string): void;
  /** Called with the last line. */
  end(line: string): void;
}

/** The most lines and characters kept for pages that reconnect. */
const maxLines = 5000;
const maxCharacters = 16 * 1024 * 1024;

/** Publishes events to all open pages, and replays them to one that was cut off. */
export class EventHub {
  private readonly lines: KeptLine[] = [];
  private characters = 0;
  private last = 0;
  private readonly listeners = new Set<HubListener>();

  constructor(
    private readonly boot: string,
    private readonly version: string,
    /** Takes the secrets out of a line. */
    private readonly write: (event: StreamEvent) => string,
  ) {}

  /** The number of listening pages. */
  get size(): number {
    return this.listeners.size;
  }

  /** Publishes an event; returns how many characters it has. */
  publish(event: HubEvent): number {
    const number = ++this.last;
    const line = this.write({ ...event, cursor: this.cursor(number) } as StreamEvent);
    this.lines.push({ number, line });
    this.characters += line.length;
    while (this.lines.length > maxLines || (this.characters > maxCharacters && this.lines.length > 1)) {
      this.characters -= this.lines.shift()!.line.length;
    }
    for (const listener of this.listeners) listener.send(line);
    return line.length;
  }

  /** Replays the events after a cursor, and sends those that follow; returns a function that ends this. */
  listen(after: string | null, listener: HubListener): () => void {
    const send = (line: string) => listener.send(line);
    send(this.write({ type: 'hello', cursor: this.cursor(this.last), boot: this.boot, version: this.version }));
    if (after !== null) {
      const number = this.numberOf(after);
      if (number === null) send(this.write({ type: 'reset', cursor: this.cursor(this.last) }));
      else for (const each of this.lines) if (each.number > number) send(each.line);
    }
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends the last event to all pages. */
  close(): void {
    const line = this.write({ type: 'closing' });
    for (const listener of this.listeners) listener.end(line);
    this.listeners.clear();
  }

  private cursor(number: number): string {
    return `${this.boot}.${number}`;
  }

  /** The number of a cursor; null where the lines after it are not kept any more. */
  private numberOf(cursor: string): number | null {
    const [, boot, digits] = /^(\w+)\.(\d{1,15})$/.exec(cursor) ?? [];
    const number = Number(digits);
    if (boot !== this.boot || number > this.last) return null;
    const first = this.lines[0]?.number ?? this.last + 1;
    return number >= first - 1 ? number : null;
  }
}
