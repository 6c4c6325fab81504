import type { AttemptError } from './attempt.js';
import type { ReceivedRequest } from './delivery.js';
import type { Diagnosis, RequestEvent } from './diagnosis.js';

/** An ambiguity in the head of a request that two readers may resolve differently: see RFC 9112, 3.2 and 6.1. */
export type HeadProblem = 'two hosts' | 'other host' | 'transfer coding' | 'behind another';

/** A request as it reached a listener. */
export interface Incoming extends ReceivedRequest {
  /** From 1, in the order in which they came. */
  readonly number: number;
  /** Milliseconds since 1970 at which it was there, whole or cut. */
  readonly at: number;
  readonly remoteAddress: string | null;
  /** The reason why it was not read to its end; null where it was. */
  readonly cut: 'too large' | 'broken off' | Exclude<HeadProblem, 'behind another'> | null;
}

/** A listener's answer to a request; all but a status leave the sender waiting for one. */
export type AnswerStep =
  | { readonly is: 'status'; readonly status: number }
  /** No answer, and the connection stays. */
  | { readonly is: 'timeout' }
  /** The connection is reset. */
  | { readonly is: 'reset' };

/** The answer that was given. */
export interface GivenAnswer {
  readonly is: 'status' | 'timeout' | 'reset' | 'handshake' | 'forwarded';
  /** Null where there was no answer. */
  readonly status: number | null;
  /** Bytes of the body. */
  readonly bytes: number;
  /** Milliseconds from the request to the answer. */
  readonly ms: number;
  /** The URL to which it was forwarded; null where it was not. */
  readonly forwardedTo: string | null;
  /** The reason why there was no answer to the forwarded request. */
  readonly error: AttemptError | null;
}

/** `genuine`, `false` (it does not verify), or `unknown`: no known provider signs so, or its provider signs nothing. */
export type ListenVerdict = 'genuine' | 'false' | 'unknown';

/** A received request, its verdict, and the answer. */
export interface Listened {
  readonly type: 'received';
  readonly request: Incoming;
  /** Null where it was not recognized. */
  readonly provider: { readonly name: string; readonly title: string } | null;
  /** Names of the providers that it may be of, where there are several. */
  readonly candidates: readonly string[];
  /** Null where it names none. */
  readonly event: RequestEvent | null;
  /** The name of the handshake that it is. */
  readonly handshake: string | null;
  /** The id by which receivers recognize a repeated delivery; null where it has none. */
  readonly deliveryId: string | null;
  /** The number of the first request of that id; null where it is the first, or has none. */
  readonly repeats: number | null;
  readonly verdict: ListenVerdict;
  /** The reason why it is not genuine, or why a genuine one failed, in a few words. */
  readonly reason: string | null;
  /** The diagnosis of its signature; null where it matches, and where too many wait to be explained. */
  readonly diagnosis: Diagnosis | null;
  /** Lower-case names of the headers that hold a secret. */
  readonly secretHeaders: readonly string[];
  /** Names of the query parameters that hold one. */
  readonly secretParameters: readonly string[];
  readonly answer: GivenAnswer;
}

/** The summary when listening ends. */
export interface ListenEnded {
  readonly type: 'summary';
  readonly received: number;
  readonly genuine: number;
  readonly false: number;
  readonly unknown: number;
  /** The expectation that was not met; null where nothing was expected, or it was met. */
  readonly missing: string | null;
  readonly interrupted: boolean;
}

/** The result of checking one rule for senders. */
export interface SenderRule {
  /** Stable, such as `id-per-delivery`. */
  readonly name: string;
  /** Null where no request could show it. */
  readonly ok: boolean | null;
  /** The observation, in a sentence. */
  readonly says: string;
}
