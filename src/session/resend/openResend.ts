import type { Project } from '../../config/project.js';
import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { DeliveryEnded, RunEvent } from '../../core/run.js';
import type { World } from '../../core/world.js';
import { findKept, nothingKept } from '../../history/findKept.js';
import type { DeliveryLog } from '../../history/logDeliveries.js';
import { type OpenLog, openLog } from '../../history/openLog.js';
import { withOptions } from '../../options/readOptions.js';
import type { ResendValues } from '../../options/resend.js';
import { sendPlanned } from '../../simulate/simulate.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import { withRoute } from '../project/projectRoute.js';
import type { EditSample } from '../send/prepareSend.js';
import { type PlannedResend, prepareResend, type ReadyResend } from './prepareResend.js';
import { resendTarget } from './resendTarget.js';

/** The kept deliveries to send again. */
export interface ResendNames {
  readonly project: Project;
  /** Keys or ids, or how they begin; none means the last one. */
  readonly names: readonly string[];
  /** Lets a person edit the payload, where the options ask for it. */
  readonly edit?: EditSample;
}

/** A resend that is ready, and the options that it goes by: those of the way that its deliveries went among them. */
export interface OpenResend {
  readonly ready: ReadyResend;
  readonly options: ResendValues;
}

/** Finds kept deliveries and makes them ready to be sent again. Throws a UsageError for the first thing that is wrong. */
export async function openResend(
  { project, names, edit }: ResendNames,
  given: ResendValues,
  io: World,
): Promise<OpenResend> {
  const deliveries = chooseKept(openLog(project, io), names, given);
  const to = resendTarget(project, given, deliveries);
  const way = { ...to.way, nameOf: given.nameOf };
  const options = withRoute(withOptions<ResendValues>(way, given), project, to.target);
  return { ready: await prepareResend({ project, deliveries, to, ...(edit && { edit }) }, options, io), options };
}

/** The deliveries to send again, the oldest first. Throws a UsageError where there is none. */
function chooseKept(opened: OpenLog, names: readonly string[], { failed, nameOf }: ResendValues): LogEntry[] {
  if (!failed) {
    const found = (names.length > 0 ? names : ['last']).map((name) => findKept(name, opened.deliveries()));
    return [...new Map(found.map((entry) => [entry.key, entry])).values()];
  }
  if (names.length > 0) {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('failed')} takes every failed delivery of the last command, so name no others.`,
    );
  }
  const last = selectLastRun(opened.deliveries());
  if (last.length === 0) throw nothingKept();
  const wrong = last.filter(({ ok }) => !ok);
  if (wrong.length > 0) return wrong.toReversed();
  throw new UsageError(
    'NOTHING_FAILED',
    'No delivery of the last command failed. Name the delivery to send: webhook-sim log',
  );
}

/** Returns all events of the command that sent the newest one; events of concurrent commands may lie between them. */
function selectLastRun(deliveries: Iterable<LogEntry>): LogEntry[] {
  let run: string | undefined;
  const found: LogEntry[] = [];
  for (const entry of deliveries) {
    if (entry.purpose !== 'event') continue;
    run ??= entry.run;
    if (entry.run === run) found.push(entry);
  }
  return found;
}

/** An event of a resend; a delivery with the one that it repeats, and the key under which it is kept, if it is. */
type ResendReport =
  | { readonly event: DeliveryEnded; readonly sent: PlannedResend; readonly key: string | null }
  | { readonly event: Exclude<RunEvent, DeliveryEnded>; readonly sent: null; readonly key: null };

/** Input and output of a resend. */
interface ResendMeans {
  /** Closed at the end. */
  readonly transport: DeliveryTransport;
  readonly log: DeliveryLog;
}

/** Sends kept deliveries one after the other: yields each as it ends, and the sums last. */
export async function* sendKept(
  planned: readonly PlannedResend[],
  { target, route, expect }: ReadyResend,
  { transport, log }: ResendMeans,
  io: World,
): AsyncGenerator<ResendReport, void> {
  const resendOf = new Map(planned.map((each) => [each.delivery, each]));
  for await (const event of sendPlanned({
    deliveries: planned,
    transport,
    clock: io.clock,
    concurrency: 1,
    timeLimitMs: null,
    expect,
    signal: io.interrupted,
  })) {
    if (event.type !== 'delivery') {
      yield { event, sent: null, key: null };
      continue;
    }
    const sent = resendOf.get(event.delivery)!;
    yield { event, sent, key: log.add(event, { target, route }, { resendOf: sent.entry.key }) };
  }
}
