import type { ReceivedWebhook } from './listener.js';

/** Requests that are kept, and the bytes of their bodies; of more the oldest are forgotten. */
const maxKept = 10_000;
const maxKeptBytes = 256 * 1024 * 1024;

/** The requests of a listener, in order, for any number of readers; one that falls far behind continues with the oldest that is kept. */
export class KeptRequests {
  private readonly kept: ReceivedWebhook[] = [];
  private bytes = 0;
  /** The number of requests that were dropped. */
  private forgotten = 0;
  private ended = false;
  private changed: () => void = () => {};
  private change = this.nextChange();

  add(request: ReceivedWebhook): void {
    this.kept.push(request);
    this.bytes += request.request.body.length;
    while (this.kept.length > maxKept || (this.bytes > maxKeptBytes && this.kept.length > 1)) {
      this.bytes -= this.kept.shift()!.request.body.length;
      this.forgotten++;
    }
    this.notify();
  }

  end(): void {
    this.ended = true;
    this.notify();
  }

  /** The last of them. */
  list(): readonly ReceivedWebhook[] {
    return [...this.kept];
  }

  async *iterate(): AsyncGenerator<ReceivedWebhook, void> {
    for (let at = 0; ; at++) {
      at = Math.max(at, this.forgotten);
      while (at >= this.forgotten + this.kept.length) {
        if (this.ended) return;
        await this.change;
      }
      yield this.kept[at - this.forgotten]!;
    }
  }

  private notify(): void {
    const { changed } = this;
    this.change = this.nextChange();
    changed();
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.changed = resolve;
    });
  }
}
