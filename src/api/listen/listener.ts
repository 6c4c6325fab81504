import type { ListenEnded, Listened, SenderRule } from '../../core/listened.js';

/** A request that reached a listener, with its verdict and its answer. */
export interface ReceivedWebhook extends Listened {}

/** The result of listening. */
export interface ListenResult extends Omit<ListenEnded, 'type'> {
  /** True where every request verifies, the sender kept the rules where it was judged, and no expected request is missing. */
  readonly ok: boolean;
  /** The exit code that the command line would have: 0, 1 or 4. */
  readonly exitCode: number;
  /** The requests, in order; the last 10,000 of more. */
  readonly requests: readonly ReceivedWebhook[];
  /** The verdict on the sender; null where it was not judged. */
  readonly rules: readonly SenderRule[] | null;
  /** Remarks about the call that did not stop it. */
  readonly notes: readonly string[];
}

/** A listener that is open: it yields each request as it comes, from the first one on, and ends when it is closed or all has come. */
export interface Listener extends AsyncIterable<ReceivedWebhook> {
  /** The address to send webhooks to; any path is accepted. */
  readonly url: string;
  readonly port: number;
  /** Resolves when it has ended by itself or was closed. */
  result(): Promise<ListenResult>;
  /** Stops listening, once every request is answered. */
  close(): Promise<ListenResult>;
}
