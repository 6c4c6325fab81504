import { useEffect } from 'preact/hooks';

/** A key of the page, and what it does. */
export interface Shortcut {
  /** A `KeyboardEvent.key`; two of them, pressed in sequence, with a space between. */
  readonly keys: string;
  /** Its action, for the help. */
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
}

const active = new Set<readonly Shortcut[]>();
let prefix = '';
let forget = 0;

/** All keys that work at the moment, for the help; those of the view first. */
export function listShortcuts(): Shortcut[] {
  return [...active].reverse().flat();
}

/** Has keys work for as long as a component is there. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    active.add(shortcuts);
    return () => {
      active.delete(shortcuts);
    };
  });
}

/** Returns whether keys pressed there are text input. */
function isTyping(event: KeyboardEvent): boolean {
  const at = event.composedPath()[0];
  return at instanceof HTMLElement && (at.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
}

/** Listens to the keyboard. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event) || document.querySelector('dialog[open]')) return;
    const typed = prefix === '' ? event.key : `${prefix} ${event.key}`;
    clearTimeout(forget);
    const all = [...active].reverse().flat();
    const found = all.find(({ keys }) => keys === typed) ?? all.find(({ keys }) => keys === event.key);
    if (found) {
      prefix = '';
      event.preventDefault();
      found.run(event);
      return;
    }
    prefix = all.some(({ keys }) => keys.startsWith(`${event.key} `)) ? event.key : '';
    forget = setTimeout(() => {
      prefix = '';
    }, 1500);
  });
}
