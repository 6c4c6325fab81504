import type { Delivery } from '../../core/delivery.js';
import { isDirect, type Route } from '../../core/route.js';
import { toCurl } from '../../export/curl.js';
import type { SendValues } from '../../options/send.js';
import { requestText } from '../../report/run/details.js';
import { human } from '../../report/run/human.js';
import { type Progress, progress } from '../../report/run/progress.js';
import { dryRunLine } from '../../report/shared/jsonLines.js';
import { maskDelivery } from '../../report/shared/maskSent.js';
import { Multiplexer } from '../../report/shared/multiplexer.js';
import { curlRoute } from '../../session/export/exportFiles.js';
import type { PlannedDelivery } from '../../simulate/plan.js';
import { wantsUnicode } from '../io/colour.js';
import type { Io } from '../io/io.js';
import { type ReportOptions, stdoutReporter } from '../reporting/openReport.js';

/** More deliveries than this are counted, not listed: only what failed gets a line. */
const listed = 200;

/** The report of deliveries on stdout, and a progress bar next to it where a person waits for a long run. */
export function openSendReport(
  options: ReportOptions & { readonly quiet?: boolean },
  io: Io,
  deliveries: number,
): Multiplexer {
  const onlyFailures = deliveries > listed;
  const bar = onlyFailures && !options.quiet ? openProgress(io, deliveries) : null;
  const report = stdoutReporter(
    options,
    io,
    (write, style) => human(write, { ...style, onlyFailures }),
    (text) => {
      bar?.hide();
      io.stdout.write(text);
    },
  );
  return new Multiplexer(bar ? [bar, report] : [report], io.secrets);
}

function openProgress({ stderr, env, clock }: Io, total: number): Progress | null {
  if (!stderr.isTTY || env.TERM === 'dumb') return null;
  const { columns } = stderr;
  return progress((text) => stderr.write(text), { total, columns, unicode: wantsUnicode(env), now: clock.now });
}

type Shown = Pick<PlannedDelivery, 'delivery'>;

/** `--dry-run` and `--curl`: shows deliveries in place of sending them. */
export async function preview(
  deliveries: Iterable<Shown> | AsyncIterable<Shown>,
  route: Route,
  options: SendValues,
  io: Io,
): Promise<void> {
  const curl = (delivery: Delivery) =>
    toCurl(delivery, isDirect(route) ? [] : curlRoute(options, route, delivery.url), io.secrets);
  const shown = options.json ? dryRunLine : requestText;
  const show = options.curl ? curl : (delivery: Delivery) => shown(maskDelivery(delivery, io.secrets));
  for await (const { delivery } of deliveries) {
    if (io.stdout.broken) return;
    io.stdout.write(`${show(delivery)}\n`);
    if (io.stdout.behind) await io.stdout.behind;
  }
}
