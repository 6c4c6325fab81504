import { signal } from '@preact/signals';

/** Goes up each time the page gets the focus: its user may have changed files meanwhile. */
export const focusCount = signal(0);

window.addEventListener('focus', () => focusCount.value++);
