/** The certainty of a fact about a provider: from its own schema or text, a real delivery, our reasoning, or a stand-in of ours. */
export type Certainty = 'schema' | 'documented' | 'observed' | 'inferred' | 'placeholder';

/** A statement about a provider with its certainty and its source. */
export interface Fact<T> {
  readonly value: T;
  readonly certainty: Certainty;
  /** The source of the fact: a URL or a short name of the document. */
  readonly source: string;
}
