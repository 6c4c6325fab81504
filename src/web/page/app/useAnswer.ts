import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { request } from './api.js';

/** The answer of a route, or its error. */
export interface Answered<Answer> {
  readonly value: Answer | null;
  readonly error: unknown;
  readonly isLoading: boolean;
}

/** Incremented when all answers may be outdated: the project changed, or the server restarted. */
export const generation = signal(0);

const cache = new Map<string, unknown>();

/** Has every answer fetched again. */
export function refreshAnswers(): void {
  cache.clear();
  generation.value++;
}

/** Requests a route for as long as a component shows its answer, and again where `again` changes. Answers are cached where `isKept`. */
export function useAnswer<Answer>(path: string | null, isKept = false, again: unknown = null): Answered<Answer> {
  const [state, setState] = useState<Answered<Answer> & { path: string | null }>({
    path: null,
    value: null,
    error: null,
    isLoading: true,
  });
  const now = generation.value;
  useEffect(() => {
    if (path === null) return setState({ path, value: null, error: null, isLoading: false });
    if (isKept && cache.has(path)) {
      return setState({ path, value: cache.get(path) as Answer, error: null, isLoading: false });
    }
    const stop = new AbortController();
    setState((before) => ({ ...before, path, value: before.path === path ? before.value : null, isLoading: true }));
    request<Answer>('GET', path, undefined, stop.signal).then(
      (value) => {
        if (isKept) cache.set(path, value);
        if (stop.signal.aborted) return;
        setState((before) => ({ path, value: keepEqual(before.value, value), error: null, isLoading: false }));
      },
      (error) => {
        if (!stop.signal.aborted) setState({ path, value: null, error, isLoading: false });
      },
    );
    return () => stop.abort();
  }, [path, now, again]);
  return state.path === path ? state : { value: null, error: null, isLoading: path !== null };
}

/** Keeps the value before where the new one is equal, so that nothing is drawn again. */
function keepEqual<Value>(before: Value | null, value: Value): Value {
  return before !== null && JSON.stringify(before) === JSON.stringify(value) ? before : value;
}

/** Adds a query with the values that are present to a path. */
export function pathWith(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const there = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(there.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
