/** A problem in a description, and its place. */
export interface DescriptionIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
