import { holdsMask } from '../../core/fingerprint.js';
import { shownKey } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import type { DeliveryEnded } from '../../core/run.js';
import { maskAddress } from '../../core/secretParameters.js';
import { receiverUrl } from '../../delivery/queryPayload.js';
import { quoteShellWord } from '../../export/curl.js';

/** A delivery that was rejected, and what its command was given. */
export interface RejectedDelivery {
  readonly event: DeliveryEnded;
  readonly provider: Provider;
  /** The name of its target; null for an address. */
  readonly target: string | null;
  readonly options: {
    readonly secret?: readonly string[];
    readonly config?: string;
    readonly publicUrl?: string;
  };
}

/** Returns how to find out why the signature of a delivery was rejected: from the log, where it is kept under a key, else by the check. */
export function nextCommand(
  rejected: RejectedDelivery,
  kept: { readonly key: string | null; readonly isOnly: boolean },
): string {
  const check = `webhook-sim check ${rejected.provider.name}${targetOf(rejected)}${sameFlags(rejected)}`;
  if (kept.key === null) return `To see what the receiver gets wrong: ${check}`;
  const name = kept.isOnly ? 'last' : kept.key.slice(0, shownKey);
  return `To see why: webhook-sim verify ${name}${sameFlags({ ...rejected, options: { ...rejected.options, publicUrl: undefined } })} (or test the receiver: ${check})`;
}

/** Returns how to find out why the check's plain event was rejected. */
export function sendAloneCommand(rejected: RejectedDelivery): string {
  const { event, provider } = rejected;
  return `To see why, send it alone: webhook-sim send ${provider.name} ${word(event.delivery.event)}${targetOf(rejected)}${sameFlags(rejected)}`;
}

function targetOf({ event, provider, target }: RejectedDelivery): string {
  if (target !== null) return ` --to ${word(target)}`;
  const url = receiverUrl(provider, event.delivery.url);
  return holdsMask(url) ? " --to '…'" : ` --to ${word(url)}`;
}

/** Returns what decides on the secret and the signed address; a secret itself is never shown. */
function sameFlags({
  options,
}: {
  readonly options: { [Name in keyof RejectedDelivery['options']]?: RejectedDelivery['options'][Name] | undefined };
}): string {
  const { secret = [], config, publicUrl } = options;
  return [
    ...secret.map((value) => `--secret ${/^(env|file):/.test(value) ? word(value) : "'…'"}`),
    ...(config === undefined ? [] : [`--config ${word(config)}`]),
    ...(publicUrl === undefined
      ? []
      : [`--public-url ${maskAddress(publicUrl) === publicUrl ? word(publicUrl) : "'…'"}`]),
  ]
    .map((flag) => ` ${flag}`)
    .join('');
}

function word(text: string): string {
  return /^[\w.:/@%+,=-]+$/.test(text) ? text : quoteShellWord(text);
}
