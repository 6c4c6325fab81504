import { excerpt } from '../../core/printable.js';
import type { Clock, Output } from '../../core/world.js';

/** Milliseconds of silence after which the notice appears on a terminal, and between two updates of it. */
const silenceMs = 1000;
const erase = '\r\u001b[K';

/** A notice on a terminal of what a command waits for. */
export interface Waiting {
  /** Changes the text of the notice. */
  update(what: string): void;
  /** Shows it when it is due: for work that lets no timer run. */
  show(): void;
  /** Ends it, and takes it off the terminal. */
  end(): void;
}

/** One line at the end of the terminal that names what the program is waiting for, after a second without output; any output replaces it. */
export class WaitNotice {
  private what: string | null = null;
  private isShown = false;
  private silence = new AbortController();
  private since = 0;
  private shownAt = 0;

  constructor(
    private readonly output: Output,
    private readonly clock: Clock,
  ) {}

  begin(what: string): Waiting {
    this.what = what;
    this.watch();
    return {
      update: (next) => {
        this.what = next;
      },
      show: () => {
        if (this.what !== null && this.clock.now() - this.shownAt >= silenceMs) this.show(this.what);
      },
      end: () => {
        this.what = null;
        this.silence.abort();
        this.hide();
      },
    };
  }

  /** An output that takes the notice away before it writes. */
  above(output: Output): Output {
    const write = (text: string) => {
      this.hide();
      output.write(text);
      if (this.what !== null) this.watch();
    };
    return Object.create(output, { write: { value: write } });
  }

  private hide(): void {
    if (this.isShown) this.output.write(erase);
    this.isShown = false;
  }

  private show(what: string): void {
    this.shownAt = this.clock.now();
    const seconds = ` (${Math.round((this.shownAt - this.since) / 1000)} s)`;
    this.output.write(`${erase}${excerpt(what, Math.max(10, this.output.columns - seconds.length - 2))}${seconds}`);
    this.isShown = true;
  }

  private watch(): void {
    this.silence.abort();
    this.silence = new AbortController();
    const { signal } = this.silence;
    this.since = this.clock.now();
    this.shownAt = this.since;
    const look = async () => {
      while (!signal.aborted) {
        await this.clock.sleep(silenceMs, signal);
        if (signal.aborted || this.what === null) return;
        this.show(this.what);
      }
    };
    look().catch(() => {});
  }
}
