import { signal } from '@preact/signals';
import type { DeliveryList, DeliveryRow } from '../../protocol.js';
import { request } from './api.js';
import { pathWith } from './useAnswer.js';

/** The content of the timeline. */
export interface Timeline {
  readonly query: string;
  /** The newest first. */
  readonly rows: readonly DeliveryRow[];
  /** The number of all matches, including those not loaded yet. */
  readonly total: number;
  readonly broken: number;
  readonly isLoading: boolean;
  readonly error: unknown;
}

/** The deliveries of the log that fit the search. */
export const timeline = signal<Timeline>({
  query: '',
  rows: [],
  total: 0,
  broken: 0,
  isLoading: true,
  error: null,
});

/** Rows of the first page, which is there at once, and of those after it. */
const firstPage = 200;
const laterPage = 2000;
const maxRows = 50_000;

let stop = new AbortController();

/** The rows that were logged since the first page was asked for, as that may be older than these; null where it is there. */
let meanwhile: DeliveryRow[] | null = null;

/** Reloads the timeline for a search; page after page, the newest first. */
export async function searchTimeline(query: string): Promise<void> {
  stop.abort();
  stop = new AbortController();
  const { signal: stopped } = stop;
  timeline.value = { ...timeline.value, query, isLoading: true };
  const logged: DeliveryRow[] = [];
  meanwhile = logged;
  try {
    let before: string | null = null;
    let rows: readonly DeliveryRow[] = [];
    do {
      const limit = before === null ? firstPage : laterPage;
      const path = pathWith('/api/deliveries', { q: query, before, limit });
      const page: DeliveryList = await request('GET', path, undefined, stopped);
      if (stopped.aborted) return;
      rows = before === null ? page.rows : mergeRows(timeline.value.rows, page.rows);
      before = page.next;
      const isLoading = before !== null && rows.length < maxRows;
      const total = Math.max(page.total, countOf(rows));
      timeline.value = { query, rows, total, broken: page.broken, isLoading, error: null };
      if (meanwhile === logged) meanwhile = null;
      if (logged.length > 0) takeLogged(logged.splice(0));
    } while (before !== null && rows.length < maxRows);
  } catch (error) {
    if (!stopped.aborted) timeline.value = { ...timeline.value, rows: [], total: 0, isLoading: false, error };
  }
}

/** Merges two lists, each the newest first; duplicates are dropped. */
function mergeRows(above: readonly DeliveryRow[], below: readonly DeliveryRow[]): readonly DeliveryRow[] {
  const known = new Set(above.map(({ key }) => key));
  return [...above, ...below.filter(({ key }) => !known.has(key))];
}

/** Returns the number of deliveries and loads among rows. */
function countOf(rows: readonly DeliveryRow[]): number {
  return rows.reduce((count, { ended }) => (ended ? count : count + 1), 0);
}

let asking = 0;

/** Adds new log entries, the oldest first. With a search, the server decides which of them match. */
export function takeLogged(logged: readonly DeliveryRow[]): void {
  meanwhile?.push(...logged);
  const { query, rows, total } = timeline.value;
  if (query.trim() === '') {
    const merged = mergeRows([...logged].reverse(), rows);
    timeline.value = { ...timeline.value, rows: merged, total: total + countOf(merged) - countOf(rows) };
    return;
  }
  clearTimeout(asking);
  asking = setTimeout(() => void takeNewest(query), 200);
}

async function takeNewest(query: string): Promise<void> {
  const path = pathWith('/api/deliveries', { q: query, limit: firstPage });
  const page = await request<DeliveryList>('GET', path).catch(() => null);
  const now = timeline.value;
  if (!page || now.query !== query) return;
  const known = new Set(now.rows.map(({ key }) => key));
  if (now.rows.length > 0 && page.rows.length === firstPage && !page.rows.some(({ key }) => known.has(key))) {
    return searchTimeline(query);
  }
  timeline.value = { ...now, rows: mergeRows(page.rows, now.rows), total: page.total };
}
