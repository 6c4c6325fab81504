import type { RunWarning } from '../core/run.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';

/** Returns the warnings that came with no delivery, once everything that a transport carries has ended; nothing where a signal ended it. */
export async function lateWarnings(
  transport: Pick<DeliveryTransport, 'conclude'>,
  signal: AbortSignal | null = null,
): Promise<RunWarning[]> {
  if (signal?.aborted) return [];
  const found = (await transport.conclude?.()) ?? [];
  return found.map((warning) => ({ type: 'warning', ...warning }));
}

/** The sums of a run, or of a part of one, with more warnings. */
export function withWarnings<T extends { readonly warnings?: number }>(sums: T, { length }: readonly RunWarning[]): T {
  return length === 0 ? sums : { ...sums, warnings: (sums.warnings ?? 0) + length };
}
