import { asLine, warningLine } from '../../report/shared/jsonLines.js';
import { describeWarning } from '../../report/shared/oddities.js';
import type { Transport } from '../../transport/transport.js';
import type { Io } from '../io/io.js';

/**
 * Tells what was odd on the wire, beside what was told with the deliveries, when all that a transport sends has been sent: with `json` as
 * lines on stdout, else on stderr, unless quiet.
 */
export async function announceWarnings(
  transport: Pick<Transport, 'conclude'>,
  { json = false, quiet = false }: { readonly json?: boolean; readonly quiet?: boolean },
  io: Io,
): Promise<void> {
  if (io.interrupted.aborted) return;
  for (const warning of await transport.conclude()) {
    const event = { type: 'warning', ...warning } as const;
    if (json) io.stdout.write(`${asLine(warningLine(event))}\n`);
    else if (!quiet) io.stderr.write(`${describeWarning(event)}\n`);
  }
}
