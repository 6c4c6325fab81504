/** How sure we are of something a provider does: its own text, a real delivery, our reasoning, or a stand-in of ours. */
export type Certainty = 'schema' | 'documented' | 'observed' | 'inferred' | 'placeholder';

/** A statement about a provider together with how sure it is and where it comes from. */
export interface Fact<T> {
  readonly value: T;
  readonly certainty: Certainty;
  /** Where the fact can be read: a URL or a short name of the document. */
  readonly source: string;
}
