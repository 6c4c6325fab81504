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

/** What a recorded request says of one fact of a description; `unproven` is one that the recording can't show. */
export interface RecordedFact {
  /** Stable, such as `letter-case`. */
  readonly fact: string;
  readonly verdict: 'confirmed' | 'differs' | 'unproven';
  /** It may quote the request, so its text is hostile. */
  readonly message: string;
}

/** How the fields of a recorded body and of a sample go together, by their paths. */
export interface RecordedFields {
  /** The sample that it was compared with: its event, and its variant behind `--`. */
  readonly sample: string;
  /** How many fields are in both, with values of the same type. */
  readonly confirmed: number;
  /** Fields of the sample that the recorded body has not. */
  readonly missing: readonly string[];
  /** Fields of the recorded body that the sample has not. */
  readonly unknown: readonly string[];
  /** Fields that are in both, with values of another type. */
  readonly otherTypes: readonly string[];
}

/** A recorded request that was held against a description. */
export interface RequestRecorded {
  readonly type: 'provider-recorded';
  readonly provider: string;
  /** Where the provider is described, as people see it. */
  readonly description: string;
  /** The event that the request tells; null where it tells none that is known. */
  readonly event: string | null;
  /** The day on which it was recorded: `2026-01-31`. */
  readonly on: string;
  readonly facts: readonly RecordedFact[];
  /** Null where there is no sample to compare with. */
  readonly fields: RecordedFields | null;
  /** The files that were written, as people see them. */
  readonly written: readonly string[];
  /** Why no vector was written; null where one was. */
  readonly reason: string | null;
}

export type ContractEvent = ContractCheckEnded | RequestRecorded | ContractEnded;
