import type { Header } from '../core/delivery.js';

/** Milliseconds that a connection may be idle and still be used again. */
export const maxIdleMs = 2000;
/** Milliseconds before the time at which a receiver said it closes an idle connection, from which it is not used. */
export const reserveMs = 1000;

/** Milliseconds after an answer with these headers during which its connection may be used again. */
export function keptUntil(headers: readonly Header[]): number {
  for (const [name, value] of headers) {
    if (name.length !== 10 || name.toLowerCase() !== 'keep-alive') continue;
    const seconds = /(?:^|[,\s])timeout\s*=\s*(\d+)/i.exec(value)?.[1];
    if (seconds !== undefined) return Math.min(maxIdleMs, Number(seconds) * 1000 - reserveMs);
  }
  return maxIdleMs;
}
