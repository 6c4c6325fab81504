import type { Diagnosis } from '../../core/diagnosis.js';
import type { ListenVerdict } from '../../core/listened.js';
import type { SecretChoice, ShownBody, ShownHeader } from './send.js';

/** The answers of the inbox. */
export interface InboxRules {
  /** The provider of the webhooks; recognized if absent. */
  readonly provider?: string;
  readonly secret?: SecretChoice;
  /** Default 4400; 0 takes any free one. */
  readonly port?: number;
  readonly status?: number;
  /** First answers: `500x2,timeout,200`. */
  readonly script?: string;
  /** As text: `2s`. */
  readonly delay?: string;
  /** Answers 401 to what does not verify. */
  readonly reject?: boolean;
  /** An address of this machine, or a target's name. */
  readonly forward?: string;
}

export interface InboxState {
  /** Its address; null while it is stopped. */
  readonly url: string | null;
  readonly rules: InboxRules | null;
  readonly received: number;
}

/** A request to the inbox. */
export interface InboxRow {
  /** From 1, for as long as the server runs. */
  readonly number: number;
  readonly at: number;
  /** Null where it was not recognized. */
  readonly provider: { readonly name: string; readonly title: string } | null;
  readonly candidates: readonly string[];
  readonly event: string | null;
  readonly handshake: string | null;
  readonly deliveryId: string | null;
  /** The number of the first request of that id. */
  readonly repeats: number | null;
  readonly verdict: ListenVerdict;
  readonly reason: string | null;
  readonly method: string;
  readonly url: string;
  readonly remoteAddress: string | null;
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody;
  readonly answer: {
    readonly is: 'status' | 'timeout' | 'reset' | 'handshake' | 'forwarded';
    readonly status: number | null;
    readonly ms: number;
    readonly forwardedTo: string | null;
    readonly problem: string | null;
  };
  readonly diagnosis: Diagnosis | null;
  /** The key in the log; null where it is not kept. */
  readonly key: string | null;
}

export interface Inbox extends InboxState {
  /** The newest first, at most 500. */
  readonly rows: readonly InboxRow[];
}
