import { effect, signal } from '@preact/signals';

/** The colours of the page: those of the system, or the chosen ones. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'webhook-sim.theme';
const stored = localStorage.getItem(key);

/** The chosen theme. */
export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system');

/** Keeps the document in the chosen theme. */
export function applyTheme(): void {
  effect(() => {
    if (theme.value === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(key);
    } else {
      document.documentElement.dataset.theme = theme.value;
      localStorage.setItem(key, theme.value);
    }
  });
}

/** The theme after this one. */
export function nextTheme(now: Theme): Theme {
  return now === 'system' ? 'light' : now === 'light' ? 'dark' : 'system';
}
