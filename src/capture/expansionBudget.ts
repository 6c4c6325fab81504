/** The limit of what a file's variables may expand to: a few lines, each of them twice the one before, would fill any memory. */
export class ExpansionBudget {
  private left = 32 * 1024 * 1024;

  constructor(private readonly refuse: (reason: string) => Error) {}

  /** Counts characters before they are inserted; throws the error of `refuse` where they are too many. */
  spend(length: number): void {
    this.left -= length;
    if (this.left < 0) throw this.refuse('its variables make more than 32 MiB');
  }
}
