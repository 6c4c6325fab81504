import type { DeliveryEnded, RunEnded } from '../../core/run.js';
import type { ConnectionOptions, MakingOptions, ProjectOptions, WaitingOptions } from '../project/callOptions.js';

/** Which kept deliveries are sent once more, and how. The log is that of the project, in the user's state folder. */
export interface ResendOptions
  extends Pick<MakingOptions, 'secret' | 'header'>,
    WaitingOptions,
    ConnectionOptions,
    ProjectOptions {
  /** The key or id of each, or how it begins; `last` by default. */
  readonly deliveries?: readonly string[];
  /** All of the last command that were not ok. */
  readonly failed?: boolean;
  /** Byte for byte, also where the provider would renew something. */
  readonly exact?: boolean;
  /** Another receiver than the one that they went to. */
  readonly to?: string | URL;
  /** The status that is ok (`401`, `'4xx'`, `'200,204'`), in place of the provider's success rule. */
  readonly expect?: string | number;
  /** Keeps what is sent in the project's delivery log; nothing is kept by default. */
  readonly log?: boolean;
}

/** What a resend came to. */
export interface ResendResult {
  /** True where everything was taken as it had to be. */
  readonly ok: boolean;
  /** What the command line would end with: 0, 1, 3 or 4. */
  readonly exitCode: number;
  readonly deliveries: readonly ResentDelivery[];
  readonly summary: RunEnded;
  /** What is odd about the options, or was on the way. */
  readonly notes: readonly string[];
}

/** A kept delivery that was sent once more. */
export interface ResentDelivery extends DeliveryEnded {
  /** The key of the kept one. */
  readonly resendOf: string;
  /** True where its provider made parts of it anew. */
  readonly isRenewed: boolean;
}
