import type { Header } from '../core/delivery.js';
import type { Dialect, Provider } from '../core/provider.js';
import type {
  BodyFieldSpec,
  DataScheme,
  HeaderSpec,
  MessageSignatureScheme,
  QuerySpec,
  WireRule,
} from '../core/scheme.js';
import type { Json } from '../json/value.js';

/** A saved request of a provider. */
export interface CapturedRequest {
  readonly method: string;
  /** The address that it was sent to; null where the capture does not say. */
  readonly url: string | null;
  /** In order and letter case. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** A place of a request, in words: `the header X-Signature`, `the field data.id`, `the parameter sig`. */
export type PlaceDescription = string;

/** The options of a signature that was found. */
export type FoundOptions = DataScheme | MessageSignatureScheme;

/** A proof of a request, and how far it is certain. */
export interface FoundProof {
  /** Its name among the signatures, or `secret` for the secret itself. */
  readonly name: string;
  readonly where: PlaceDescription;
  /** Null for the secret itself. */
  readonly options: FoundOptions | null;
  /** The index of the secret that makes it; null where none is needed (a plain hash) or none is known. */
  readonly secretAt: number | null;
  /**
   * `reproduced`: the description rebuilds the captured text, byte for byte. `verified`: the signature is valid, but differs each time, or its
   * private key is not known. `guessed`: it only looks like one.
   */
  readonly certainty: 'reproduced' | 'verified' | 'guessed';
}

/** A header that is not in the description, and why. */
export interface LeftOutHeader {
  readonly name: string;
  readonly reason: string;
}

/** A place where the event's name may be, and the event it would be. */
export interface EventGuess {
  /** A header's name, or the path of a field. */
  readonly at: string;
  readonly in: 'header' | 'body';
  readonly event: string;
}

/** The extent of a search. */
export interface TriedCounts {
  readonly contents: number;
  readonly keys: number;
  /** Signatures that were computed. */
  readonly signatures: number;
  /** True when every possibility was tried. */
  readonly complete: boolean;
}

/** The scheme of a captured request, in terms of a provider's description. */
export interface FoundScheme extends Pick<Provider, 'method' | 'values' | 'eventAt'> {
  readonly signatures: Readonly<Record<string, FoundOptions>>;
  readonly headers: readonly HeaderSpec[];
  readonly fields: readonly BodyFieldSpec[];
  readonly query: readonly QuerySpec[];
  readonly dialect: Dialect;
  /** The rule for an event name in parts on the wire; absent where it is whole. */
  readonly wire?: WireRule;
  /** All dialects that write the captured body byte for byte; empty where none does. */
  readonly dialects: readonly Dialect[];
  /** The body as the dialect reads it; undefined for one that no dialect reads. */
  readonly body: Json | undefined;
  /** The event of the capture; null where nothing looks like one. */
  readonly event: string | null;
  readonly eventGuesses: readonly EventGuess[];
  /** The address that was signed, where one was: not always the one that the request went to. */
  readonly signedUrl: string | null;
  readonly proofs: readonly FoundProof[];
  readonly leftOut: readonly LeftOutHeader[];
  /** The values in the capture, by name. */
  readonly sentValues: ReadonlyMap<string, string>;
  /** Indexes of the secrets that the capture was made with, in the order of its headers. */
  readonly secrets: readonly number[];
  /** Uncertainties, and what the description can't express; a sentence each. */
  readonly notes: readonly string[];
  readonly tried: TriedCounts;
}
