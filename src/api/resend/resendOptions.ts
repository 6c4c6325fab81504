import type { DeliveryEnded, RunEnded } from '../../core/run.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  ExpectOptions,
  MakingOptions,
  ProjectOptions,
  WaitingOptions,
} from '../project/callOptions.js';

/** Which kept deliveries are sent again, and how. The log is that of the project, in the user's state folder. */
export interface ResendOptions
  extends Pick<MakingOptions, 'secret' | 'header'>,
    ExpectOptions,
    Pick<BesideOptions, 'log'>,
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
}

/** What a resend came to. */
export interface ResendResult extends CallResult {
  readonly deliveries: readonly ResentDelivery[];
  readonly summary: RunEnded;
}

/** A kept delivery that was sent again. */
export interface ResentDelivery extends DeliveryEnded {
  /** The key of the kept one. */
  readonly resendOf: string;
  /** True where its provider made parts of it again. */
  readonly isRenewed: boolean;
}
