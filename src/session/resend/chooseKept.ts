import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import { findKept, nothingKept } from '../../history/findKept.js';
import type { OpenLog } from '../../history/openLog.js';
import type { ResendValues } from '../../options/resend.js';

/** The deliveries to send again, the oldest first. Throws a UsageError where there is none. */
export function chooseKept(opened: OpenLog, names: readonly string[], { failed, nameOf }: ResendValues): LogEntry[] {
  if (!failed) {
    const found = (names.length > 0 ? names : ['last']).map((name) => findKept(name, opened.deliveries()));
    return [...new Map(found.map((kept) => [kept.key, kept])).values()];
  }
  if (names.length > 0) {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('failed')} takes every failed delivery of the last command, so name no others.`,
    );
  }
  const last = ofLastRun(opened.deliveries());
  if (last.length === 0) throw nothingKept();
  const wrong = last.filter(({ ok }) => !ok);
  if (wrong.length > 0) return wrong.toReversed();
  throw new UsageError(
    'NOTHING_FAILED',
    'Nothing of the last command failed. Name the delivery to send: webhook-sim log',
  );
}

/** All deliveries of the command that sent the newest one. Others that ran at the same time stand between them. */
function ofLastRun(deliveries: Iterable<LogEntry>): LogEntry[] {
  let run: string | undefined;
  const found: LogEntry[] = [];
  for (const kept of deliveries) {
    run ??= kept.run;
    if (kept.run === run) found.push(kept);
  }
  return found;
}
