import type { ChosenTarget } from '../../config/target.js';

/** A target that is ready to receive deliveries. */
export interface OpenTarget {
  /** Its name and address, for people. */
  readonly shown: string;
  /** The URL, for `event` where it differs from event to event. */
  readonly url: string;
  readonly urlFor: ChosenTarget['urlFor'];
  /** True for the built-in receiver: nothing of the user's is tested. */
  readonly isDemo: boolean;
  close(): Promise<void>;
}
