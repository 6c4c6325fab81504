/** One way to go on with the word at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

/** Stands for candidates where the word is the name of a file, which the shell completes better. */
export const files = 'files';

/** What may stand in a place: candidates that are not filtered yet, or files. */
export type Candidates = readonly Candidate[] | typeof files;

/** Candidates without descriptions. */
export function plain(values: Iterable<string>): Candidate[] {
  return [...values].map((value) => ({ value }));
}
