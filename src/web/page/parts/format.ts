const units: readonly (readonly [name: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** Formats milliseconds for people: `0.4 ms`, `12 ms`, `1.2 s`, `2 h 5 min`. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  const at = units.findIndex(([, size]) => ms >= size);
  const [name, size] = units[at]!;
  const whole = Math.floor(ms / size);
  const next = units[at + 1];
  const rest = next ? Math.round((ms - whole * size) / next[1]) : 0;
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${next![0]}`;
}

/** Formats a number of bytes for people. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 100) / 10} kB`;
  return `${Math.round(bytes / 100_000) / 10} MB`;
}

/** A number with its thousands apart. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const whole = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
});

/** The time of day of a moment. */
export function formatClock(at: number): string {
  return clock.format(at);
}

/** A moment with its date. */
export function formatMoment(at: number): string {
  return whole.format(at);
}

/** A noun with its number. */
export function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  const several = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}${noun.endsWith('s') ? 'es' : 's'}`;
  return `${formatCount(count)} ${several}`;
}
