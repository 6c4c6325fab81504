import { useMemo, useState } from 'preact/hooks';
import type { ProviderDetails, ProviderGroups } from '../../../protocol.js';
import { catalogue } from '../../app/store.js';
import { formatCount, plural } from '../../parts/format.js';
import { scoreMatch } from '../../parts/fuzzyMatch.js';
import { Icon } from '../../parts/Icon.js';
import { VirtualList } from '../../parts/VirtualList.js';

interface PickerRow {
  readonly provider: string;
  /** Null for the row of a provider. */
  readonly event: string | null;
  readonly title: string;
  readonly note: string;
}

const maxFound = 200;

/** The providers and their events, to search and to choose from. */
export function EventPicker({
  provider,
  event,
  details,
  onProvider,
  onEvent,
}: {
  provider: string;
  event: string;
  details: ProviderDetails | null;
  onProvider: (provider: string) => void;
  onEvent: (provider: string, event: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const all = catalogue.value;
  const rows = useMemo((): PickerRow[] => {
    if (provider !== '') {
      const events = (details?.events ?? []).map(({ name, title, trigger }) => ({
        row: { provider, event: name, title: name, note: title },
        score: typed === '' ? 0 : scoreMatch(typed, `${name} ${title} ${trigger}`),
      }));
      const fitting = events.filter(({ score }) => score !== null);
      return (typed === '' ? fitting : fitting.sort((a, b) => b.score! - a.score!)).map(({ row }) => row);
    }
    return all ? searchAll(all, typed) : [];
  }, [provider, details, typed, all]);

  const keyOf = (row: PickerRow) => `${row.provider} ${row.event ?? ''}`;
  const open = (row: PickerRow) => {
    if (row.event !== null) return onEvent(row.provider, row.event);
    setTyped('');
    onProvider(row.provider);
  };
  const chosen = active ?? (event === '' ? null : `${provider} ${event}`);
  const move = (pressed: KeyboardEvent) => {
    const at = rows.findIndex((row) => keyOf(row) === chosen);
    if (pressed.key === 'Escape') (pressed.currentTarget as HTMLElement).blur();
    if (pressed.key === 'Backspace' && typed === '' && provider !== '') onProvider('');
    if (pressed.key === 'Enter' && rows.length > 0) open(rows[Math.max(at, 0)]!);
    if (pressed.key !== 'ArrowDown' && pressed.key !== 'ArrowUp') return;
    pressed.preventDefault();
    const next = rows[Math.min(Math.max(at + (pressed.key === 'ArrowDown' ? 1 : -1), 0), rows.length - 1)];
    if (next) setActive(keyOf(next));
  };

  const isOfAll = provider.length === 0;
  const count = isOfAll
    ? all
      ? `${all.providers} providers, ${formatCount(all.events)} events`
      : 'Loading…'
    : plural(rows.length, 'event');
  return (
    <section class="picker" aria-label="Event">
      {isOfAll ? null : (
        <div class="picker-scope">
          <button
            type="button"
            class="button icon-only quiet"
            aria-label="Back to all providers"
            onClick={() => onProvider('')}
          >
            <Icon name="left" />
          </button>
          <strong class="ellipsis">{details?.title ?? provider}</strong>
          <span class="muted">{details?.isOwn ? 'your own' : ''}</span>
        </div>
      )}
      <div class="search-field">
        <Icon name="search" />
        <input
          type="search"
          data-search
          value={typed}
          placeholder={isOfAll ? 'Search providers and events' : `Search events of ${details?.title ?? provider}`}
          aria-label={isOfAll ? 'Search providers and events' : 'Search events'}
          spellcheck={false}
          autocomplete="off"
          onInput={(input) => {
            setTyped(input.currentTarget.value);
            setActive(null);
          }}
          onKeyDown={move}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <p class="picker-count muted" role="status">
        {typed === '' ? count : rows.length === maxFound ? `the best ${maxFound}` : `${rows.length} found`}
      </p>
      <VirtualList
        rows={rows}
        keyOf={keyOf}
        rowHeight={48}
        label={isOfAll ? 'Providers and events' : 'Events'}
        chosen={chosen}
        onChoose={(row) => setActive(keyOf(row))}
        onOpen={open}
        draw={(row) => (
          <div class={`picker-row ${row.event === null ? 'provider' : 'event'}`}>
            <span class="ellipsis title">{row.title}</span>
            <span class="ellipsis muted">{row.note}</span>
            {row.event === null ? <Icon name="right" /> : null}
          </div>
        )}
      />
    </section>
  );
}

/** The providers, or those and their events that fit what was typed, the best first. */
function searchAll(all: ProviderGroups, typed: string): PickerRow[] {
  const providers = all.groups.flatMap((group) => group.providers);
  const asRow = ({ name, title, events }: (typeof providers)[number]): PickerRow => ({
    provider: name,
    event: null,
    title,
    note: plural(events.length, 'event'),
  });
  if (typed.trim() === '') return providers.map(asRow);
  const found: { readonly row: PickerRow; readonly score: number }[] = [];
  for (const provider of providers) {
    const score = scoreMatch(typed, `${provider.title} ${provider.name} ${provider.aliases.join(' ')}`);
    // A provider is nearer to its own name than any of its events.
    if (score !== null) found.push({ row: asRow(provider), score: score + 60 });
    for (const [event, title] of provider.events) {
      const fit = scoreMatch(typed, `${event} ${provider.name} ${title}`);
      if (fit !== null) {
        found.push({
          row: { provider: provider.name, event, title: event, note: `${provider.title} · ${title}` },
          score: fit,
        });
      }
    }
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, maxFound)
    .map(({ row }) => row);
}
