import type { Capture, CapturedItem } from './capture.js';

/** A request with more remarks on it, which are made once it is read. */
export function withNotes(item: CapturedItem, notes: (capture: Capture) => readonly string[]): CapturedItem {
  return {
    ...item,
    read: () => {
      const capture = item.read();
      return { ...capture, notes: [...capture.notes, ...notes(capture)] };
    },
  };
}
