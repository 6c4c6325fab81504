import { useEffect, useMemo, useState } from 'preact/hooks';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { searchTimeline, timeline } from '../../app/timeline.js';
import { formatCount } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { Command, EmptyState, ErrorNotice } from '../../parts/Notice.js';
import { useNarrow } from '../../parts/useNarrow.js';
import { VirtualList } from '../../parts/VirtualList.js';
import { DeliveryPanel } from './DeliveryPanel.js';
import { RunList } from './RunList.js';
import { LoadPanel, RunPanel } from './RunPanel.js';
import { groupRuns, type TimelineItem } from './runs.js';
import { SearchHelp } from './SearchHelp.js';
import { TimelineRow } from './TimelineRow.js';

/** All that was sent and received in the project, as it happens. */
export function TimelineView() {
  const { q = '', sel = '', base = '', open = '' } = route.value.params;
  const { rows, total, isLoading, error, broken, query } = timeline.value;
  const [typed, setTyped] = useState(q);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const isNarrow = useNarrow();

  useEffect(() => {
    const timer = setTimeout(() => updateParams({ q: typed }), 200);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (q !== query || error) void searchTimeline(q);
  }, [q]);

  // Search results are shown ungrouped.
  const items = useMemo(
    () =>
      q === ''
        ? groupRuns(rows, new Set(open.split(',')))
        : rows.filter(({ ended }) => !ended).map((row) => ({ key: row.key, row, isInRun: false, run: null })),
    [rows, open, q === ''],
  );
  const at = items.findIndex(({ key }) => key === sel);
  const chosen = items[at];
  const step = (by: number) => {
    const next = items[at < 0 ? 0 : Math.min(Math.max(at + by, 0), items.length - 1)];
    if (next) updateParams({ sel: next.key });
  };
  const openItem = ({ run }: TimelineItem, by: 'click' | 'Enter') => {
    if (run === null) {
      if (by === 'Enter') focusDetail();
      return;
    }
    const others = open.split(',').filter((id) => id !== '' && id !== run.id);
    updateParams({ open: (run.isOpen ? others : [...others, run.id]).join(',') });
  };
  useShortcuts([
    { keys: 'j', label: 'Next delivery', run: () => step(1) },
    { keys: 'k', label: 'Previous delivery', run: () => step(-1) },
    {
      keys: 'Enter',
      label: 'Read the chosen delivery, open or close a run',
      run: () => (chosen ? openItem(chosen, 'Enter') : focusDetail()),
    },
    { keys: 'Escape', label: 'Close the delivery', run: () => updateParams({ sel: null, base: null }) },
  ]);

  const found =
    isLoading && rows.length === 0
      ? 'Reading the log…'
      : q === ''
        ? `${formatCount(total)} deliveries`
        : `${formatCount(total)} found`;
  return (
    <div class={`view timeline ${sel ? 'chosen' : ''}`}>
      <div class="list-side">
        <h1 class="visually-hidden">Timeline</h1>
        <div class="list-tools">
          <div class="search-field">
            <Icon name="search" />
            <input
              type="search"
              data-search
              value={typed}
              placeholder={isNarrow ? 'Search deliveries' : 'Search: provider:NAME status:>=400 "text" after:1h'}
              aria-label="Search deliveries"
              aria-invalid={error !== null && q !== ''}
              aria-describedby="search-state"
              spellcheck={false}
              autocomplete="off"
              onInput={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') event.currentTarget.blur();
                if (event.key === 'Enter' || event.key === 'ArrowDown') {
                  event.preventDefault();
                  document.querySelector<HTMLElement>('.timeline .virtual-list')?.focus();
                  if (at < 0) step(0);
                }
              }}
            />
            <button
              type="button"
              class="button icon-only quiet"
              aria-label="How to search"
              aria-expanded={isHelpOpen}
              onClick={() => setHelpOpen(!isHelpOpen)}
            >
              <Icon name="question" />
            </button>
          </div>
          {isHelpOpen ? <SearchHelp onTry={setTyped} /> : null}
          <p class="list-state muted" id="search-state" role="status">
            {error ? '' : found}
            {isLoading && rows.length > 0 ? ` · ${formatCount(rows.length)} read` : ''}
            {broken > 0 ? ` · ${broken} torn lines passed over` : ''}
          </p>
          <RunList />
          {base ? (
            <p class="notice compare-note">
              {base === sel ? 'Choose the delivery to compare with.' : 'Each delivery that you choose is compared.'}
              <button type="button" class="button quiet small" onClick={() => updateParams({ base: null, tab: null })}>
                Cancel
              </button>
            </p>
          ) : null}
        </div>
        {error ? <ErrorNotice error={error} /> : null}
        {!error && rows.length === 0 && !isLoading ? <NothingThere query={q} onClear={() => setTyped('')} /> : null}
        {rows.length > 0 ? (
          <VirtualList
            rows={items}
            keyOf={(item) => item.key}
            rowHeight={isNarrow ? 60 : 40}
            label="Deliveries, the newest first"
            chosen={sel === '' ? null : sel}
            onChoose={(item) => updateParams({ sel: item.key })}
            onOpen={openItem}
            draw={(item) => <TimelineRow item={item} />}
          />
        ) : null}
      </div>
      {chosen?.run ? (
        <RunPanel run={chosen.run} />
      ) : chosen?.row?.load ? (
        <LoadPanel row={chosen.row} load={chosen.row.load} />
      ) : sel && !sel.startsWith('run-') ? (
        <DeliveryPanel key={sel} id={sel} baseId={base} />
      ) : (
        <div class="detail-side none">
          <EmptyState icon="timeline" title="Choose a delivery">
            <p>
              <kbd>j</kbd> and <kbd>k</kbd> go through the list. Request and answer are shown as they came, and each
              delivery can be sent again.
            </p>
          </EmptyState>
        </div>
      )}
    </div>
  );
}

function focusDetail(): void {
  document.querySelector<HTMLElement>('.timeline .detail-side')?.focus();
}

function NothingThere({ query, onClear }: { query: string; onClear: () => void }) {
  if (query !== '') {
    return (
      <EmptyState icon="search" title="No delivery fits">
        <p>
          Nothing in the log fits <code>{query}</code>.
        </p>
        <button type="button" class="button" onClick={onClear}>
          Show all
        </button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="timeline" title="Nothing was sent or received yet">
      <p>All deliveries of this project come here as they happen: from this page, from the terminal, from suites.</p>
      <Command text="webhook-sim send PROVIDER EVENT --to :3000/webhooks" />
    </EmptyState>
  );
}
