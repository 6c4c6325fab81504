import type { InboxRow } from '../../../protocol.js';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { inbox } from '../../app/store.js';
import { formatClock, plural } from '../../parts/format.js';
import { Command, EmptyState } from '../../parts/Notice.js';
import { VerdictBadge } from '../../parts/StatusBadge.js';
import { VirtualList } from '../../parts/VirtualList.js';
import { InboxControls } from './InboxControls.js';
import { ReceivedPanel } from './ReceivedPanel.js';

/** The requests to a listener of the page, verified and explained. */
export function InboxView() {
  const { sel = '' } = route.value.params;
  const now = inbox.value;
  const rows = now?.rows ?? [];
  const at = rows.findIndex(({ number }) => String(number) === sel);
  const step = (by: number) => {
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next) updateParams({ sel: String(next.number) });
  };
  useShortcuts([
    { keys: 'j', label: 'Next request', run: () => step(1) },
    { keys: 'k', label: 'Previous request', run: () => step(-1) },
    { keys: 'Escape', label: 'Close the request', run: () => updateParams({ sel: null }) },
  ]);
  const row = rows[at];
  return (
    <div class={`view inbox ${row ? 'chosen' : ''}`}>
      <div class="list-side">
        <h1 class="visually-hidden">Inbox</h1>
        <InboxControls />
        {rows.length === 0 ? (
          <EmptyInbox url={now?.url ?? null} />
        ) : (
          <>
            <p class="list-state muted" role="status">
              {plural(now!.received, 'request')}
              {now!.received > rows.length ? `, the last ${rows.length} are here` : ''}
            </p>
            <VirtualList
              rows={rows}
              keyOf={(each) => String(each.number)}
              rowHeight={56}
              label="Requests, the newest first"
              chosen={row ? sel : null}
              onChoose={(each) => updateParams({ sel: String(each.number) })}
              draw={(each) => <ReceivedRow row={each} />}
            />
          </>
        )}
      </div>
      {row ? (
        <ReceivedPanel key={row.number} row={row} />
      ) : (
        <div class="detail-side none">
          {rows.length > 0 ? (
            <EmptyState icon="inbox" title="Choose a request">
              <p>Each is verified as it comes. Where a signature does not match, the reason stands beside it.</p>
            </EmptyState>
          ) : null}
        </div>
      )}
    </div>
  );
}

function ReceivedRow({ row }: { row: InboxRow }) {
  return (
    <div class="received-row">
      <span class="number muted time">{formatClock(row.at)}</span>
      <span class="what">
        <strong class="ellipsis">{row.event ?? `${row.method} ${row.url}`}</strong>
        <span class="muted ellipsis">
          {row.provider?.title ?? 'not recognized'}
          {row.repeats === null ? '' : ` · repeats request ${row.repeats}`}
        </span>
      </span>
      <VerdictBadge row={row} />
      <span class="muted number answered">{row.answer.status ?? row.answer.is}</span>
    </div>
  );
}

function EmptyInbox({ url }: { url: string | null }) {
  if (url === null) {
    return (
      <EmptyState icon="inbox" title="The inbox is closed">
        <p>
          Start it, and have webhooks sent to its address. Each request is recognized, verified and, where it does not
          verify, explained.
        </p>
        <p class="muted">In a terminal it is:</p>
        <Command text="webhook-sim listen" />
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="inbox" title="Waiting for the first request">
      <p>Send something to it:</p>
      <Command text={`webhook-sim send PROVIDER EVENT --to ${url}`} />
      <Command text={`curl -d '{"hello":"world"}' ${url}`} label="curl command" />
    </EmptyState>
  );
}
