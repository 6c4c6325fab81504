import type { StreamEvent } from './protocol.js';

type Without<T> = T extends { readonly cursor: string } ? Omit<T, 'cursor'> : T;
/** What is told to all pages. */
export type ToldEvent = Without<Exclude<StreamEvent, { type: 'hello' | 'reset' | 'beat' | 'closing' }>>;

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

/** What is kept for pages that come back. */
const maxLines = 5000;
const maxCharacters = 16 * 1024 * 1024;

/** Tells what happens to all pages that are open, and again to one that was cut off. */
export class EventHub {
  private readonly kept: KeptLine[] = [];
  private characters = 0;
  private last = 0;
  private readonly listeners = new Set<HubListener>();

  constructor(
    private readonly boot: string,
    private readonly version: string,
    /** Takes the secrets out of a line. */
    private readonly write: (event: StreamEvent) => string,
  ) {}

  /** How many pages listen. */
  get size(): number {
    return this.listeners.size;
  }

  /** Tells an event; returns how many characters it has. */
  tell(event: ToldEvent): number {
    const number = ++this.last;
    const line = this.write({ ...event, cursor: this.cursor(number) } as StreamEvent);
    this.kept.push({ number, line });
    this.characters += line.length;
    while (this.kept.length > maxLines || (this.characters > maxCharacters && this.kept.length > 1)) {
      this.characters -= this.kept.shift()!.line.length;
    }
    for (const listener of this.listeners) listener.send(line);
    return line.length;
  }

  /** Tells what came after a cursor, and from then on what comes; returns what ends that. */
  listen(after: string | null, listener: HubListener): () => void {
    const send = (line: string) => listener.send(line);
    send(this.write({ type: 'hello', cursor: this.cursor(this.last), boot: this.boot, version: this.version }));
    if (after !== null) {
      const number = this.numberOf(after);
      if (number === null) send(this.write({ type: 'reset', cursor: this.cursor(this.last) }));
      else for (const each of this.kept) if (each.number > number) send(each.line);
    }
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What is told last. */
  close(): void {
    const line = this.write({ type: 'closing' });
    for (const listener of this.listeners) listener.end(line);
    this.listeners.clear();
  }

  private cursor(number: number): string {
    return `${this.boot}.${number}`;
  }

  /** The number of a cursor; null where what came after it is not known any more. */
  private numberOf(cursor: string): number | null {
    const [, boot, digits] = /^(\w+)\.(\d{1,15})$/.exec(cursor) ?? [];
    const number = Number(digits);
    if (boot !== this.boot || number > this.last) return null;
    const first = this.kept[0]?.number ?? this.last + 1;
    return number >= first - 1 ? number : null;
  }
}
