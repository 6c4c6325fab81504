import { formatDuration } from '../../core/duration.js';

const dayMs = 86_400_000;

/** A length of time for a person, in days where it has some: `0 s`, `1.3 s`, `23 h 4 min`, `3 d 3 h`. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < dayMs) return formatDuration(ms);
  const hours = Math.floor((ms % dayMs) / 3_600_000);
  return `${Math.floor(ms / dayMs)} d${hours > 0 ? ` ${hours} h` : ''}`;
}

/** A distance from the start of a flow: `+3 d 3 h`. */
export function distance(ms: number): string {
  return `+${span(ms)}`;
}
