import type { Header } from './delivery.js';

/** The aspect in which a signature may have gone wrong. */
export type Dimension =
  | 'header'
  | 'encoding'
  | 'secret'
  | 'body'
  | 'content'
  | 'time'
  | 'algorithm'
  | 'provider'
  | 'token';

/** The value that is explained: the signature of the request, or the one that the receiver computed. */
export type Side = 'signature' | 'computed';

/** One mistake that explains a signature, and the change that mends it. */
export interface ExplainedMistake {
  /** Stable, such as `encoding-hex` or `body-newline-removed`. */
  readonly name: string;
  readonly dimension: Dimension;
  /** The mistake, in a sentence. */
  readonly says: string;
  readonly change: string;
}

/** A secret as it may be shown. */
export interface ShownSecret {
  readonly source: string;
  readonly fingerprint: string;
  /** Of a key pair: the beginning of the SHA-256 of its public key's DER, in hex. */
  readonly publicKey?: string;
  readonly isSample: boolean;
  /** Its place among the secrets that were given, from 0; -1 for one that was not. */
  readonly place: number;
}

/** A fault in a header, or in another place of a signature, found before any signature is computed. */
export interface HeaderProblem {
  /** Its name; of a field of the body, its path. */
  readonly header: string;
  /** The place of the signature, where that is not a header. */
  readonly place?: 'field' | 'query' | 'body';
  readonly problem: 'missing' | 'empty' | 'doubled' | 'masked' | 'malformed';
  readonly says: string;
  /** Names that are there and may be meant. */
  readonly near: readonly string[];
}

/** The signed time of a request. */
export interface SignedTimeReading {
  readonly header: string;
  readonly text: string;
  /** Milliseconds before the time at which it is judged; negative for the future, null where the text is no time. */
  readonly ageMs: number | null;
  readonly toleranceMs: number;
}

/** The event that a request names, by the name that people type. */
export interface RequestEvent {
  readonly name: string;
  /** False for one that its provider's description does not have. */
  readonly isKnown: boolean;
}

/** Whether a request is genuine, and if not, why. */
export interface Diagnosis {
  readonly provider: string;
  readonly title: string;
  readonly side: Side;
  /** On the side `computed`: whether the receiver's value is the right one. */
  readonly genuine: boolean;
  /** Whether the request's own signature fits; null where it has none or, on the side `signature`, see `genuine`. */
  readonly requestFits: boolean | null;
  readonly request: { readonly method: string; readonly headers: readonly Header[]; readonly bytes: number };
  /** Null where it names none. */
  readonly event: RequestEvent | null;
  /** The headers that carry the provider's signature, and the paths of the fields that do. */
  readonly headers: readonly string[];
  /** The proof of the sender: a signature, the secret itself, or nothing, where it can't be judged. */
  readonly proof: 'signature' | 'secret' | 'nothing';
  /** The part of the body that the signature covers. */
  readonly covers: 'body' | 'fields' | 'nothing';
  /** The secret that fits, or that the findings are about. */
  readonly secret: ShownSecret | null;
  /** The input of the signature: the raw body or, where the provider's own verifier does so, the parsed body serialized again. */
  readonly over: 'raw' | 'restringified';
  readonly time: SignedTimeReading | null;
  readonly problems: readonly HeaderProblem[];
  /** The simplest explanation: one mistake, or several together. For a genuine request, remarks; empty where nothing fits. */
  readonly findings: readonly ExplainedMistake[];
  /** The number of combinations that were tried, by the varied dimension; `pairs` are two mistakes at once. */
  readonly tried: Readonly<Record<string, number>>;
  /** False where not every pair of mistakes was tried: the body is large, or to verify takes long. */
  readonly complete: boolean;
  /** The signature by the first secret; null where it can't be computed or would reveal the secret. */
  readonly expected: string | null;
  /** The reason why no mistake was searched for; absent where the search ran. */
  readonly unexplained?: string;
  /** Next steps when nothing fits, or when the receiver rejected a genuine request. */
  readonly next: readonly string[];
  /** Remarks on the capture. */
  readonly notes: readonly string[];
}
