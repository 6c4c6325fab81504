import { describeWarning } from '../report/oddities.js';
import type { Transport } from '../transport/transport.js';
import type { Io } from './io.js';

/** Writes what was odd on the wire, beside what was told with the deliveries, when all that a transport sends has been sent. */
export async function announceWarnings(transport: Transport, io: Io): Promise<void> {
  if (io.interrupted.aborted) return;
  for (const warning of await transport.conclude()) {
    io.stderr.write(`${describeWarning({ type: 'warning', ...warning })}\n`);
  }
}
