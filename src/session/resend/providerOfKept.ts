import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import { providerInReceivedMode } from '../../core/providerMode.js';
import { findProvider, type KnownProviders } from '../../providers/findProvider.js';
import { keyOf } from './keptRequest.js';

/** The provider of a delivery of the log. Throws a UsageError for one that is not known, or was not recognized when it came. */
export function providerOfKept(entry: LogEntry, known: KnownProviders): Provider {
  if (entry.isRecognized) return providerInReceivedMode(findProvider(entry.provider, known), entry);
  throw new UsageError(
    'UNKNOWN_SENDER',
    `Nobody recognized the sender of ${keyOf(entry)} when it came. Say whose request it is: webhook-sim verify <provider> ${keyOf(entry)}`,
  );
}
