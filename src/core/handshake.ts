import type { Certainty } from './fact.js';
import type { DeliveryEnded, RunEnded, RunWarning } from './run.js';
import type { BodyFieldSpec, HeaderSpec, QuerySpec, SchemeOptions } from './scheme.js';
import type { ValueSpec } from './template.js';

/** One way in which a receiver may give the answer that a handshake waits for. */
export type AnswerSpec =
  /** The whole body, but for white space around it. */
  | { readonly text: string }
  /** Members of a JSON body. */
  | { readonly json: readonly BodyFieldSpec[] }
  | { readonly header: readonly [name: string, value: string] };

/** A request that comes before the first delivery, to which the receiver has to give a certain answer. */
export interface Handshake {
  readonly name: string;
  readonly title: string;
  readonly certainty: Certainty;
  /** The source: a URL or a short name of the document. */
  readonly source: string;
  /** The provider's own by default, as are the headers. */
  readonly method?: string;
  readonly headers?: readonly HeaderSpec[];
  readonly query?: readonly QuerySpec[];
  /** The text of its body, into which `fields` are put; empty by default. */
  readonly body?: string;
  readonly fields?: readonly BodyFieldSpec[];
  /** In addition to the provider's. */
  readonly values?: Readonly<Record<string, ValueSpec>>;
  readonly signatures?: Readonly<Record<string, SchemeOptions>>;
  /** The signature is wrong deliberately: the receiver has to reject. */
  readonly falselySigned?: true;
  readonly answer: {
    /** Status rule (`2xx`, `401`). */
    readonly status: string;
    /** Duration (`3s`) within which it has to come. */
    readonly within?: string;
    /** Of these one is enough; none means that the status is all. */
    readonly oneOf?: readonly AnswerSpec[];
  };
}

/** A handshake that has ended. */
export interface HandshakeEnded {
  readonly type: 'handshake';
  readonly handshake: Handshake;
  /** The answer that the provider expects, in words without any of the receiver's. */
  readonly awaited: string;
  /** The request and the answer; ok and accepted only where the answer is the right one. */
  readonly ended: DeliveryEnded;
  /** The fault of the answer, in a sentence without a word of the receiver's; null where it is right. */
  readonly problem: string | null;
}

/** An event of handshakes: each as it ends, warnings about no particular one, and last the summary. */
export type HandshakeEvent = HandshakeEnded | RunWarning | RunEnded;
