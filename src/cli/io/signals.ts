type Signal = 'SIGINT' | 'SIGTERM';

/** Milliseconds in which the same Ctrl-C can arrive again: the terminal sends it to npx and to its child, and npx passes it on. */
const echoMs = 300;

/** The signals that ask a process to end: the first is a request, the next one ends it as the system does. */
export class Signals {
  /** The first signal that was received. */
  received: Signal | null = null;
  private readonly controller = new AbortController();
  private taken = false;
  private readonly onSignal = (signal: Signal) => {
    if (this.received) return;
    this.received = signal;
    this.controller.abort(signal);
    setTimeout(() => this.release(), echoMs).unref();
  };

  /** Takes the signals from the system, from the first call on; aborted by one. */
  take(): AbortSignal {
    if (!this.taken) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.onSignal);
    this.taken = true;
    return this.controller.signal;
  }

  /** Gives them back. */
  release(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, this.onSignal);
  }

  /** Leaves Ctrl-C to another program on the same terminal while it works. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    const ignore = () => {};
    this.release();
    process.on('SIGINT', ignore);
    try {
      return await work();
    } finally {
      process.removeListener('SIGINT', ignore);
      if (this.taken) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.onSignal);
    }
  }

  /** Ends the listener of signals for another reason than a signal. */
  abort(reason: unknown): void {
    this.controller.abort(reason);
  }
}
