import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { request } from './api.js';

/** What a route answered, or why it did not. */
export interface Answered<Answer> {
  readonly value: Answer | null;
  readonly error: unknown;
  readonly isLoading: boolean;
}

/** Goes up where all that was asked for may be out of date: the project was changed, or the server is another one. */
export const generation = signal(0);

const cache = new Map<string, unknown>();

/** Has every answer fetched again. */
export function refreshAnswers(): void {
  cache.clear();
  generation.value++;
}

/** Asks a route for as long as a component shows its answer, and again where `again` changes. Answers are kept where `isKept`. */
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

/** A path with a query of what is there. */
export function pathWith(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const there = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(there.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
}
