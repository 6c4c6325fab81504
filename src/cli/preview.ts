import { toCurl } from '../delivery/curl.js';
import { dryRunLine } from '../report/jsonLines.js';
import { requestText } from '../report/requestText.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import type { Io } from './io.js';
import type { SendFlags } from './sendCommand.js';

/** `--dry-run` and `--curl`: shows deliveries in place of sending them. */
export function preview(deliveries: Iterable<PlannedDelivery>, flags: SendFlags, io: Io): void {
  const show = flags.curl ? toCurl : flags.json ? dryRunLine : requestText;
  for (const { delivery } of deliveries) io.stdout.write(`${show(delivery)}\n`);
}
