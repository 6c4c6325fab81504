/** The error of a request that was not carried out. */
export interface Problem {
  readonly error: {
    /** Stable, such as `UNKNOWN_EVENT`, `NO_TOKEN`, `FOREIGN_TARGET`. */
    readonly code: string;
    readonly message: string;
    /** The next step for the user. */
    readonly hint: string | null;
    readonly facts: Readonly<Record<string, unknown>>;
  };
}
