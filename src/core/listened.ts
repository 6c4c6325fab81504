import type { AttemptError } from './attempt.js';
import type { ReceivedRequest } from './delivery.js';
import type { Diagnosis, RequestEvent } from './diagnosis.js';

/** What makes the head of a request mean one thing to one reader and another to the next: see RFC 9112, 3.2 and 6.1. */
export type HeadProblem = 'two hosts' | 'other host' | 'transfer coding' | 'behind another';

/** A request as it came to a listener. */
export interface Incoming extends ReceivedRequest {
  /** From 1, in the order in which they came. */
  readonly number: number;
  /** Milliseconds since 1970 at which it was there, whole or cut. */
  readonly at: number;
  readonly remoteAddress: string | null;
  /** Why it is not taken as a whole; null where it is. */
  readonly cut: 'too large' | 'broken off' | Exclude<HeadProblem, 'behind another'> | null;
}

/** What a listener does with a request; all but a status keeps the sender waiting for it in vain. */
export type AnswerStep =
  | { readonly is: 'status'; readonly status: number }
  /** No answer, and the connection stays. */
  | { readonly is: 'timeout' }
  /** The connection is reset. */
  | { readonly is: 'reset' };

/** What was answered. */
export interface GivenAnswer {
  readonly is: 'status' | 'timeout' | 'reset' | 'handshake' | 'forwarded';
  /** Null where there was no answer. */
  readonly status: number | null;
  /** Bytes of the body. */
  readonly bytes: number;
  /** Milliseconds from the request to the answer. */
  readonly ms: number;
  /** Where it was forwarded to; null where it was not. */
  readonly forwardedTo: string | null;
  /** Why there was no answer to what was forwarded. */
  readonly error: AttemptError | null;
}

/** `genuine`, `false` (it does not verify), or `unknown`: nobody is known who would have signed it so, or its provider signs nothing. */
export type ListenVerdict = 'genuine' | 'false' | 'unknown';

/** A request that came, what it was found to be, and what was answered. */
export interface Listened {
  readonly type: 'received';
  readonly request: Incoming;
  /** Null where it was not recognized. */
  readonly provider: { readonly name: string; readonly title: string } | null;
  /** Names of the providers that it may be of, where that is more than one. */
  readonly candidates: readonly string[];
  /** Null where it tells none. */
  readonly event: RequestEvent | null;
  /** The name of the handshake that it is. */
  readonly handshake: string | null;
  /** The id by which receivers know a delivery again; null where it has none. */
  readonly deliveryId: string | null;
  /** The number of the first request of that id; null where it is the first, or has none. */
  readonly repeats: number | null;
  readonly verdict: ListenVerdict;
  /** Why it is not genuine, or what did not come of a genuine one, in a few words. */
  readonly reason: string | null;
  /** Why its signature does not match; null where it does, and where too many wait to be explained. */
  readonly diagnosis: Diagnosis | null;
  /** Lower-case names of the headers that hold a secret. */
  readonly secretHeaders: readonly string[];
  /** Names of the query parameters that hold one. */
  readonly secretParameters: readonly string[];
  readonly answer: GivenAnswer;
}

/** What came until the end. */
export interface ListenEnded {
  readonly type: 'summary';
  readonly received: number;
  readonly genuine: number;
  readonly false: number;
  readonly unknown: number;
  /** What was waited for and did not come; null where nothing was, or it came. */
  readonly missing: string | null;
  readonly interrupted: boolean;
}

/** What was found of one rule that senders keep. */
export interface SenderRule {
  /** Stable, such as `id-per-delivery`. */
  readonly name: string;
  /** Null where nothing that came could show it. */
  readonly ok: boolean | null;
  /** What was seen, in a sentence. */
  readonly says: string;
}
