/** A fault of a custom provider, and its fix. */
export interface ContractProblem {
  /** A warning is about something that works, but not as well as it could. */
  readonly severity: 'failure' | 'warning';
  /** The file that it is about, as shown to people; null for the description itself. */
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
  /** The place of the provider's description, as shown to people. */
  readonly description: string;
  /** Stable, such as `samples`. */
  readonly check: string;
  /** The rule that the check enforces, in words. */
  readonly title: string;
  readonly verdict: ContractVerdict;
  readonly problems: readonly ContractProblem[];
}

/** The summary of the checks of all providers. */
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

/** The verdict of a recorded request on one fact of a description; `unproven` where the recording can't show it. */
export interface RecordedFact {
  /** Stable, such as `letter-case`. */
  readonly fact: string;
  readonly verdict: 'confirmed' | 'differs' | 'unproven';
  /** It may quote the request, so its text is hostile. */
  readonly message: string;
}

/** The comparison of the fields of a recorded body with those of a sample, by path. */
export interface RecordedFields {
  /** The sample that it was compared with: its event, and its variant behind `--`. */
  readonly sample: string;
  /** The number of fields that are in both, with values of the same type. */
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
  /** The place of the provider's description, as shown to people. */
  readonly description: string;
  /** The event that the request names; null where it names none that is known. */
  readonly event: string | null;
  /** The day on which it was recorded: `2026-01-31`. */
  readonly on: string;
  readonly facts: readonly RecordedFact[];
  /** Null where there is no sample to compare with. */
  readonly fields: RecordedFields | null;
  /** The files that were written, as people see them. */
  readonly written: readonly string[];
  /** The reason why no vector was written; null where one was. */
  readonly reason: string | null;
}

export type ContractEvent = ContractCheckEnded | RequestRecorded | ContractEnded;
