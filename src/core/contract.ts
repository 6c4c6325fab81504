/** Something about a custom provider that is not as it has to be, and what to do. */
export interface ContractProblem {
  /** A warning is about what works, but not as well as it could. */
  readonly severity: 'failure' | 'warning';
  /** The file that it is about, as people see it; null where that is the description. */
  readonly file: string | null;
  /** From 1; null where it is about the whole file. */
  readonly line: number | null;
  readonly column: number | null;
  /** It may quote the user's files, so its text is hostile. */
  readonly message: string;
}

export type ContractVerdict = 'pass' | 'warn' | 'fail' | 'skip';

/** A check of a provider that has ended; `skip` is one that could not be made, because of one that failed. */
export interface ContractCheckEnded {
  readonly type: 'provider-check';
  readonly provider: string;
  /** Where the provider is described, as people see it. */
  readonly description: string;
  /** Stable, such as `samples`. */
  readonly check: string;
  /** What the check holds, in words. */
  readonly title: string;
  readonly verdict: ContractVerdict;
  readonly problems: readonly ContractProblem[];
}

/** What the checks of all providers came to. */
export interface ContractEnded {
  readonly type: 'provider-test-summary';
  readonly providers: number;
  /** Names of the providers that are not as they have to be. */
  readonly failed: readonly string[];
  readonly counts: Readonly<Record<ContractVerdict, number>>;
  /** Whether warnings count as failures. */
  readonly strict: boolean;
  readonly ok: boolean;
}

export type ContractEvent = ContractCheckEnded | ContractEnded;
