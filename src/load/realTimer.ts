import { readStopwatch } from '../transport/stopwatch.js';
import type { LoadTimer } from './loadPlan.js';

/** The time of this machine. */
export const realTimer: LoadTimer = {
  now: readStopwatch,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.max(0, ms));
      signal.addEventListener('abort', end, { once: true });
    }),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};
