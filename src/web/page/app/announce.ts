import { signal } from '@preact/signals';

/** The next text for a screen reader; it is not visible on the page. */
export const announcement = signal('');

/** Announces a sentence to a screen reader, even the same one again. */
export function announce(text: string): void {
  announcement.value = '';
  requestAnimationFrame(() => {
    announcement.value = text;
  });
}
