import type { DeliveryRow } from '../../../protocol.js';
import { formatBytes, formatClock, formatCount, formatMs, plural } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { Badge, OutcomeBadge, toneOf } from '../../parts/StatusBadge.js';
import { commandTitle, type Run, soleOrCount, type TimelineItem } from './runs.js';

/** A row of the timeline: a delivery, a load, or what one command sent. */
export function TimelineRow({ item }: { item: TimelineItem }) {
  if (item.run) return <RunRow run={item.run} />;
  if (item.row.load) return <LoadRow row={item.row} load={item.row.load} />;
  return <SingleRow row={item.row} isInRun={item.isInRun} />;
}

function SingleRow({ row, isInRun }: { row: DeliveryRow; isInRun: boolean }) {
  return (
    <div class={`timeline-row ${isInRun ? 'in-run' : ''}`}>
      <span class={`way ${row.direction}`} title={row.direction}>
        <Icon name={row.direction === 'sent' ? 'out' : 'into'} size={14} />
        <span class="visually-hidden">{row.direction}</span>
      </span>
      <span class="time number">{formatClock(row.at)}</span>
      <span class="what ellipsis">
        <strong>{row.event}</strong>
        {row.variant ? <span class="muted"> {row.variant}</span> : null}
        {row.purpose === 'handshake' ? <span class="muted"> handshake</span> : null}
        {row.forge ? <span class="forged"> forged: {row.forge}</span> : null}
        {row.caseName && row.caseName !== row.forge ? <span class="muted"> {row.caseName}</span> : null}
      </span>
      <span class="who ellipsis muted">{row.provider ?? 'unknown'}</span>
      <span class="where ellipsis muted">{placeOf(row)}</span>
      <OutcomeBadge row={row} />
      <span class="took number muted">
        {row.attemptCount > 1 ? `${row.attemptCount}× ` : ''}
        {formatMs(row.totalMs)}
      </span>
      <span class="size number muted">{formatBytes(row.bytes)}</span>
    </div>
  );
}

function RunRow({ run: { rows, isOpen, provider, ended } }: { run: Run }) {
  const first = rows.at(-1)!;
  const wrong = rows.filter(({ ok }) => !ok).length;
  return (
    <div class="timeline-row run-row">
      <span class="way">
        <Icon name={isOpen ? 'down' : 'right'} size={14} />
        <span class="visually-hidden">{isOpen ? 'open run' : 'run'}</span>
      </span>
      <span class="time number">{formatClock(first.at)}</span>
      <span class="what ellipsis">
        <strong>{commandTitle(first.command)}</strong>
        <span class="muted"> {plural(rows.length, 'delivery')}</span>
      </span>
      <span class="who ellipsis muted">{provider}</span>
      <span class="where ellipsis muted">{soleOrCount(rows.map(placeOf), 'target')}</span>
      {ended ? (
        <EndBadge ended={ended} />
      ) : wrong === 0 ? (
        <Badge tone="good" text="as expected" />
      ) : (
        <Badge tone="bad" text={`${formatCount(wrong)} not as expected`} />
      )}
      <span class="took number muted">{formatMs(Math.max(0, rows[0]!.at + rows[0]!.totalMs - first.at))}</span>
      <span class="size number muted">{formatBytes(rows.reduce((sum, { bytes }) => sum + bytes, 0))}</span>
    </div>
  );
}

function LoadRow({ row, load }: { row: DeliveryRow; load: NonNullable<DeliveryRow['load']> }) {
  return (
    <div class="timeline-row run-row">
      <span class="way" title="load">
        <Icon name="bars" size={14} />
        <span class="visually-hidden">load</span>
      </span>
      <span class="time number">{formatClock(row.at)}</span>
      <span class="what ellipsis">
        <strong>Load</strong>
        <span class="muted">
          {' '}
          {plural(load.sent, 'delivery')}
          {load.latencyMs ? `, p99 ${formatMs(load.latencyMs.p99)}` : ''}
        </span>
      </span>
      <span class="who ellipsis muted">{row.provider ?? row.event}</span>
      <span class="where ellipsis muted">{placeOf(row)}</span>
      <LoadBadge row={row} load={load} />
      <span class="took number muted">{formatMs(row.totalMs)}</span>
      <span class="size number muted" />
    </div>
  );
}

/** The verdict of a check or a run of suites. */
export function EndBadge({ ended: { verdict, grade, interrupted } }: { ended: NonNullable<Run['ended']> }) {
  const tone = verdict === 'not_judged' ? 'neutral' : verdict === 'passed' ? 'good' : 'bad';
  const word = interrupted ? 'interrupted' : verdict.replace('_', ' ');
  return <Badge tone={tone} text={grade ? `grade ${grade}` : word} />;
}

/** The verdict of a load. */
export function LoadBadge({ row, load }: { row: DeliveryRow; load: NonNullable<DeliveryRow['load']> }) {
  const word = load.interrupted ? 'interrupted' : load.verdict.replace('_', ' ');
  return <Badge tone={load.verdict === 'not_judged' ? 'neutral' : toneOf(row)} text={word} />;
}

function placeOf({ target, url }: DeliveryRow): string {
  return target ?? url.replace(/^https?:\/\//, '');
}
