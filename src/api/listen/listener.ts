import type { ListenEnded, Listened, SenderRule } from '../../core/listened.js';

/** A request that came to a listener: what it was found to be, and what was answered. */
export interface ReceivedWebhook extends Listened {}

/** What listening came to. */
export interface ListenResult extends Omit<ListenEnded, 'type'> {
  /** True where every request verifies, the sender kept the rules where it was judged, and nothing that was waited for is missing. */
  readonly ok: boolean;
  /** What the command line would end with: 0, 1 or 4. */
  readonly exitCode: number;
  /** The requests, in order; the last 10,000 of more. */
  readonly requests: readonly ReceivedWebhook[];
  /** The verdict on the sender; null where it was not judged. */
  readonly rules: readonly SenderRule[] | null;
  /** What is odd about the call, though it was carried out. */
  readonly notes: readonly string[];
}

/** A listener that is open: it yields each request as it comes, from the first one on, and ends when it is closed or all has come. */
export interface Listener extends AsyncIterable<ReceivedWebhook> {
  /** Where webhooks are to be sent; any path is taken. */
  readonly url: string;
  readonly port: number;
  /** Resolves when it has ended by itself or was closed. */
  result(): Promise<ListenResult>;
  /** Stops listening, once every request is answered. */
  close(): Promise<ListenResult>;
}
