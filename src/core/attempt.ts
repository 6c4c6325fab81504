import type { Header } from './delivery.js';

/** A deliberate fault on the wire: the connection is cut in the middle of the body, or the body is sent slowly. */
export type Fault = { readonly kind: 'cut-body' } | { readonly kind: 'slow-upload'; readonly durationMs: number };

/** The code of an attempt whose connection was cut deliberately. */
export const cutDeliberately = 'CUT_ON_PURPOSE';

/** The number of this copy among those that one delivery is sent in; from 1. */
export interface Copy {
  readonly number: number;
  readonly of: number;
}

/** The provider's judgement of a delivery. */
export type Outcome = 'accepted' | 'rejected' | 'timed_out' | 'broken' | 'unreachable';

export const outcomes: readonly Outcome[] = ['accepted', 'rejected', 'timed_out', 'broken', 'unreachable'];

/** A phase of an attempt, in order. */
export type Phase = 'dns' | 'connect' | 'tls' | 'send' | 'wait' | 'receive';

/** Milliseconds of each phase; null for one that did not happen. */
export interface Timing {
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly sendMs: number | null;
  readonly waitMs: number | null;
  readonly receiveMs: number | null;
  readonly totalMs: number;
  /** True where the attempt used a connection that was already open. */
  readonly reused: boolean;
}

/** A receiver's answer: its text was chosen by the receiver and is hostile. */
export interface ReceivedResponse {
  readonly headers: readonly Header[];
  /** Bytes of the body on the wire that were read, at most 1 MiB. */
  readonly bytes: number;
  /** The first 64 KiB of the body, decoded where its `Content-Encoding` is supported. */
  readonly body: Uint8Array;
  /** True where the receiver sent more than `body` holds. */
  readonly truncated: boolean;
  /** The codings of the body in the order in which they were applied, such as `gzip`; absent where there is none, as is all below. */
  readonly contentEncoding?: string;
  /** Bytes of the decoded body that were read, at most 1 MiB; null where it could not be decoded and `body` holds the raw bytes. */
  readonly decodedBytes?: number | null;
  /** The first 64 KiB of the raw body. */
  readonly encodedBody?: Uint8Array;
  /** The reason why the body could not be decoded; holds no text of the receiver's. */
  readonly decodingProblem?: string;
}

/** The reason why there is no complete answer. */
export interface AttemptError {
  /** `timed_out`: the deadline passed; `broken`: bytes arrived, but no complete HTTP response; `unreachable`: no bytes arrived. */
  readonly kind: 'timed_out' | 'broken' | 'unreachable';
  /** System or protocol code such as ECONNREFUSED. */
  readonly code: string;
  readonly phase: Phase;
  /** One sentence for a person; holds no text of the receiver's. */
  readonly message: string;
}

/** The code of an attempt on a kept connection that the receiver closed just as the request was written; it is sent again at once. */
export const closedWhileIdle = 'CLOSED_WHILE_IDLE';

/** Something odd on the wire that decides no outcome. */
export interface WireWarning {
  readonly code: 'STRAY_BYTES' | 'WAITED_BEHIND_CONNECTIONS';
  /** One sentence for a person; holds no text of the receiver's. */
  readonly message: string;
}

/** One time that a delivery was put on the wire. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** Milliseconds since the first attempt on the provider's own clock. */
  readonly scheduledAtMs: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly remoteAddress: string | null;
  readonly status: number | null;
  readonly timing: Timing;
  readonly response: ReceivedResponse | null;
  readonly error: AttemptError | null;
  /** Absent where there are none. */
  readonly warnings?: readonly WireWarning[];
}

/** The answer that a delivery expects: by default `accepted`, for a forgery `rejected`; `any` takes every answer. */
export type ExpectedAnswer = 'accepted' | 'rejected' | 'any';
