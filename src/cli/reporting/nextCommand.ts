import { holdsMask } from '../../core/fingerprint.js';
import { shownKey } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import type { DeliveryEnded } from '../../core/run.js';
import { maskAddress } from '../../core/secretParameters.js';
import type { World } from '../../core/world.js';
import { receiverUrl } from '../../delivery/queryPayload.js';
import { commandLine } from '../../export/commandLine.js';

/** A rejected delivery, with the arguments of its command. */
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

/** Returns the command that finds out why the signature of a delivery was rejected: from the log, where it is kept under a key, else by the check. */
export function nextCommand(
  rejected: RejectedDelivery,
  kept: { readonly key: string | null; readonly isOnly: boolean },
  io: Pick<World, 'env'>,
): string {
  const { provider, options } = rejected;
  const check = commandLine(
    ['webhook-sim', 'check', provider.name, ...targetFlags(rejected), ...sameFlags(options)],
    io,
  );
  if (kept.key === null) return `To see what the receiver gets wrong: ${check}`;
  const name = kept.isOnly ? 'last' : kept.key.slice(0, shownKey);
  const flags = sameFlags({ ...options, publicUrl: undefined });
  return `To see why: ${commandLine(['webhook-sim', 'verify', name, ...flags], io)} (or test the receiver: ${check})`;
}

/** Returns the command that finds out why the check's plain event was rejected. */
export function sendAloneCommand(rejected: RejectedDelivery, io: Pick<World, 'env'>): string {
  const { event, provider, options } = rejected;
  const words = ['webhook-sim', 'send', provider.name, event.delivery.event];
  return `To see why, send it alone: ${commandLine([...words, ...targetFlags(rejected), ...sameFlags(options)], io)}`;
}

function targetFlags({ event, provider, target }: RejectedDelivery): string[] {
  if (target !== null) return ['--to', target];
  const url = receiverUrl(provider, event.delivery.url);
  return ['--to', holdsMask(url) ? '…' : url];
}

/** Returns the flags that decide on the secret and the signed address; never shows a secret. */
function sameFlags({
  secret = [],
  config,
  publicUrl,
}: {
  readonly [Name in keyof RejectedDelivery['options']]?: RejectedDelivery['options'][Name] | undefined;
}): string[] {
  return [
    ...secret.flatMap((value) => ['--secret', /^(env|file):/.test(value) ? value : '…']),
    ...(config === undefined ? [] : ['--config', config]),
    ...(publicUrl === undefined ? [] : ['--public-url', maskAddress(publicUrl) === publicUrl ? publicUrl : '…']),
  ];
}
