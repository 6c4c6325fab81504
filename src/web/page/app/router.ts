import { signal } from '@preact/signals';
import { type ViewName, views } from './views.js';

/** A location on the page: a view with its parameters. */
export interface Route {
  readonly view: ViewName;
  readonly params: Readonly<Record<string, string>>;
}

/** Reads the fragment of an address. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const view = views.find((name) => name === path) ?? 'send';
  return { view, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Writes a route as the fragment of an address. */
export function formatRoute({ view, params }: Route): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '')).toString();
  return `#/${view}${query === '' ? '' : `?${query}`}`;
}

/** The current location. */
export const route = signal<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash);
});

/** Goes to a view, so that "back" returns. */
export function navigate(view: ViewName, params: Route['params'] = {}): void {
  const next = formatRoute({ view, params });
  if (next !== location.hash) history.pushState(null, '', next);
  route.value = { view, params };
}

/** Changes what the view shows; the address follows without a new entry in the history. */
export function updateParams(changes: Record<string, string | null>): void {
  const merged = Object.entries({ ...route.value.params, ...changes });
  const params = Object.fromEntries(merged.filter(([, value]) => value !== null && value !== '')) as Route['params'];
  const next = { view: route.value.view, params };
  if (formatRoute(next) === formatRoute(route.value)) return;
  history.replaceState(null, '', formatRoute(next));
  route.value = next;
}
