import type { Delivery } from '../core/delivery.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import type { Io } from './io.js';
import type { SendFlags } from './sendCommand.js';

/** `--dry-run` and `--curl`: shows deliveries in place of sending them. */
export async function preview(deliveries: Iterable<PlannedDelivery>, flags: SendFlags, io: Io): Promise<void> {
  const show = flags.curl ? await curlText() : flags.json ? await jsonText() : await rawText();
  for (const { delivery } of deliveries) io.stdout.write(`${show(delivery)}\n`);
}

type Show = (delivery: Delivery) => string;

async function curlText(): Promise<Show> {
  const { toCurl } = await import('../delivery/curl.js');
  return toCurl;
}

async function jsonText(): Promise<Show> {
  const { dryRunLine } = await import('../report/jsonLines.js');
  return dryRunLine;
}

async function rawText(): Promise<Show> {
  const { requestText } = await import('../report/requestText.js');
  return requestText;
}
