import { signal } from '@preact/signals';

/** What a screen reader says next; the page shows it in no other way. */
export const announcement = signal('');

/** Has a screen reader say a sentence, also the same one again. */
export function announce(text: string): void {
  announcement.value = '';
  requestAnimationFrame(() => {
    announcement.value = text;
  });
}
