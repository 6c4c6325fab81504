/** Something that does not fit in a description, and where it stands. */
export interface DescriptionIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
