import type { Provider } from '../../../core/provider.js';
import type { SendFlags } from '../../options/flags/send.js';

/** What a person has chosen to send. */
export interface Choice {
  readonly provider: Provider;
  readonly event: string;
  readonly target: string;
  /** As `--set` and `--unset` take them. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

/** The flags of `send` that say the same. */
export function flagsOf({ target, set, unset }: Choice): SendFlags {
  return { to: target, set: [...set], unset: [...unset] };
}
