import type { Provider } from '../../../core/provider.js';
import type { SendValues } from '../../../options/send.js';
import { parseSet, parseUnset } from '../../../payloads/edit.js';
import { flagName } from '../../options/flags.js';

/** What a person has chosen to send. */
export interface Choice {
  readonly provider: Provider;
  readonly event: string;
  readonly target: string;
  /** As `--set` and `--unset` take them. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

/** The options of a send that say the same. */
export function optionsOf({ target, set, unset }: Choice): SendValues {
  return {
    to: target,
    set: set.map((text) => parseSet(text)),
    unset: unset.map(parseUnset),
    nameOf: flagName,
  };
}
