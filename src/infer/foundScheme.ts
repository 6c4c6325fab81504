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

/** A request of a provider's that somebody saved. */
export interface CapturedRequest {
  readonly method: string;
  /** The address that it went to; null where the capture does not say. */
  readonly url: string | null;
  /** In order and letter case. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** A place of a request, in words: `the header X-Signature`, `the field data.id`, `the parameter sig`. */
export type PlaceDescription = string;

/** How a signature that was found comes about. */
export type FoundOptions = DataScheme | MessageSignatureScheme;

/** A proof of a request, and how far it is certain. */
export interface FoundProof {
  /** Its name among the signatures, or `secret` for the secret itself. */
  readonly name: string;
  readonly where: PlaceDescription;
  /** How it is made; null for the secret itself. */
  readonly options: FoundOptions | null;
  /** Which of the given secrets makes it; null where none is needed (a plain hash) or none is known. */
  readonly secretAt: number | null;
  /**
   * `reproduced`: the description makes the captured text again, byte for byte. `verified`: the signature is right, but another
   * one each time, or its private key is not known. `guessed`: only its look says so.
   */
  readonly certainty: 'reproduced' | 'verified' | 'guessed';
}

/** A header that is not in the description, and why. */
export interface LeftOutHeader {
  readonly name: string;
  readonly reason: string;
}

/** Where the name of the event may stand, and which one it would be. */
export interface EventGuess {
  /** A header's name, or the path of a field. */
  readonly at: string;
  readonly in: 'header' | 'body';
  readonly event: string;
}

/** How far a search went. */
export interface TriedCounts {
  readonly contents: number;
  readonly keys: number;
  /** Signatures that were computed. */
  readonly signatures: number;
  /** Whether everything was tried that there is to try. */
  readonly complete: boolean;
}

/** What a captured request says of its provider, in the words of a provider's description. */
export interface FoundScheme extends Pick<Provider, 'method' | 'values' | 'eventAt'> {
  readonly signatures: Readonly<Record<string, FoundOptions>>;
  readonly headers: readonly HeaderSpec[];
  readonly fields: readonly BodyFieldSpec[];
  readonly query: readonly QuerySpec[];
  readonly dialect: Dialect;
  /** How its name stands in parts on the wire; absent where it stands whole. */
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
  /** What the values were in the capture, by their names. */
  readonly sentValues: ReadonlyMap<string, string>;
  /** Which of the given secrets the capture was made with, in the order in which its headers name them. */
  readonly secrets: readonly number[];
  /** What is not certain, and what the description can't say; a sentence each. */
  readonly notes: readonly string[];
  readonly tried: TriedCounts;
}
