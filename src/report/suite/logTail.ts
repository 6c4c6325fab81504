import { excerpt } from '../../core/printable.js';

const lineLimit = 500;

/** The last lines of what a receiver wrote, safe and of bounded length; none where it wrote nothing. */
export function logTail(log: string | null, mostLines = 100): string[] {
  const text = log?.trimEnd() ?? '';
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  const left = lines.length - mostLines;
  const shown = lines.slice(-mostLines).map((line) => excerpt(line, lineLimit));
  return left > 0 ? [`… ${left} earlier lines`, ...shown] : shown;
}
