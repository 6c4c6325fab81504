import type { ComponentChildren } from 'preact';
import type { DeliveryRow } from '../../../protocol.js';
import { updateParams } from '../../app/router.js';
import { formatCount, formatMoment, formatMs, plural } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { Command } from '../../parts/Notice.js';
import { OutcomeBadge, outcomeText } from '../../parts/StatusBadge.js';
import { commandTitle, type Run } from './runs.js';
import { EndBadge, LoadBadge } from './TimelineRow.js';

/** Deliveries that are listed; the list of the timeline has all. */
const maxListed = 20;

/** The deliveries of one command, and those that were not as expected. */
export function RunPanel({ run: { id, rows, provider, ended } }: { run: Run }) {
  const first = rows.at(-1)!;
  const wrong = rows.filter(({ ok }) => !ok);
  const outcomes = new Map<DeliveryRow['outcome'], number>();
  for (const { outcome } of rows) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  return (
    <Panel
      title={`${commandTitle(first.command)}: ${plural(rows.length, 'delivery')}`}
      at={first.at}
      badge={ended && <EndBadge ended={ended} />}
    >
      <p class="facts muted">
        <span>{provider}</span>
        {[...outcomes].map(([outcome, count]) => (
          <span key={outcome}>
            {formatCount(count)} {outcomeText(outcome)}
          </span>
        ))}
      </p>
      {ended ? (
        <p class="facts muted">
          {Object.entries(ended.counts).map(([name, count]) =>
            count === 0 ? null : (
              <span key={name}>
                {['finding', 'remark'].includes(name)
                  ? plural(count, name)
                  : `${formatCount(count)} ${name.replace('_', ' ')}`}
              </span>
            ),
          )}
          {ended.exitCode === null ? null : <span>exit code {ended.exitCode}</span>}
        </p>
      ) : null}
      {wrong.length === 0 ? (
        <p class="notice good">All went as expected.</p>
      ) : (
        <>
          <h3>Not as expected</h3>
          <ul class="run-deliveries">
            {wrong.slice(0, maxListed).map((row) => (
              <li key={row.key}>
                <button type="button" class="link" onClick={() => updateParams({ sel: row.key })}>
                  {row.event}
                  {row.caseName || row.forge ? ` (${row.caseName ?? row.forge})` : ''}
                </button>
                <OutcomeBadge row={row} />
              </li>
            ))}
          </ul>
          {wrong.length > maxListed ? <p class="muted">{plural(wrong.length - maxListed, 'more delivery')}.</p> : null}
        </>
      )}
      <h3>In a terminal</h3>
      <Command text={`webhook-sim log --search run:${id}`} />
    </Panel>
  );
}

/** The result of a load. */
export function LoadPanel({ row, load }: { row: DeliveryRow; load: NonNullable<DeliveryRow['load']> }) {
  const failed = Object.entries(load.failed).filter(([, count]) => count > 0);
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Events', row.event],
    ['To', row.url],
    ['Sent', plural(load.sent, 'delivery')],
    ['As expected', formatCount(load.ok)],
    ...failed.map(
      ([outcome, count]) => [`Failed: ${outcomeText(outcome as DeliveryRow['outcome'])}`, formatCount(count)] as const,
    ),
    ...(load.dropped > 0 ? [['Dropped', formatCount(load.dropped)] as const] : []),
    ['Rate', `${Math.round(load.reachedRate * 10) / 10} a second for ${formatMs(load.seconds * 1000)}`],
    ...Object.entries(load.latencyMs ?? {}).map(([name, ms]) => [`Latency ${name}`, formatMs(ms)] as const),
  ];
  return (
    <Panel title="Load" at={row.at} badge={<LoadBadge row={row} load={load} />}>
      <table class="headers">
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">A load keeps its figures alone: its deliveries are not in the log.</p>
    </Panel>
  );
}

function Panel({
  title,
  at,
  badge = null,
  children,
}: {
  title: string;
  at: number;
  badge?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <aside class="detail-side" tabIndex={-1} aria-label={title}>
      <header class="view-head">
        <button
          type="button"
          class="button icon-only quiet"
          aria-label="Close the run"
          onClick={() => updateParams({ sel: null })}
        >
          <Icon name="left" />
        </button>
        <div class="grow">
          <h2 class="ellipsis">{title}</h2>
          <p class="muted ellipsis">{formatMoment(at)}</p>
        </div>
        {badge}
      </header>
      {children}
    </aside>
  );
}
