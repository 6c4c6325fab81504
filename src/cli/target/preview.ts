import type { Delivery } from '../../core/delivery.js';
import { directRoute, type Route } from '../../core/route.js';
import { toCurl } from '../../export/curl.js';
import type { SendValues } from '../../options/send.js';
import { requestText } from '../../report/run/requestText.js';
import { dryRunLine } from '../../report/shared/jsonLines.js';
import { curlRoute } from '../../session/export/curlRoute.js';
import type { PlannedDelivery } from '../../simulate/plan.js';
import type { Io } from '../io/io.js';

type Shown = Pick<PlannedDelivery, 'delivery'>;

/** `--dry-run` and `--curl`: shows deliveries in place of sending them. */
export async function preview(
  deliveries: Iterable<Shown> | AsyncIterable<Shown>,
  route: Route,
  options: SendValues,
  io: Io,
): Promise<void> {
  const curl = (delivery: Delivery) =>
    toCurl(delivery, route === directRoute ? [] : curlRoute(options, route, delivery.url));
  const show = options.curl ? curl : options.json ? dryRunLine : requestText;
  for await (const { delivery } of deliveries) {
    if (io.stdout.broken) return;
    io.stdout.write(`${show(delivery)}\n`);
    if (io.stdout.behind) await io.stdout.behind;
  }
}
