/** Values that several workers add and one reader takes, in the order in which they come. */
export class Arrivals<T> {
  private readonly waiting: T[] = [];
  private readonly held: (() => void)[] = [];
  private isOver = false;
  private failure: { readonly error: unknown } | null = null;
  private wake = () => {};

  /** True when the reader takes no more. */
  get isClosed(): boolean {
    return this.isOver;
  }

  add(value: T): void {
    this.waiting.push(value);
    this.wake();
  }

  /** Resolves when the reader has taken all that was added, or takes no more. */
  async taken(): Promise<void> {
    if (this.waiting.length > 0 && !this.isOver) await new Promise<void>((resolve) => this.held.push(resolve));
  }

  end(): void {
    this.isOver = true;
    this.release();
    this.wake();
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    try {
      while (true) {
        for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) yield next;
        this.release();
        if (this.failure) throw this.failure.error;
        if (this.isOver) return;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      this.end();
    }
  }

  private release(): void {
    for (const go of this.held.splice(0)) go();
  }
}
