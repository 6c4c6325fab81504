const units: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
];

/** A distance in time in as few characters as it takes: `+0s`, `+1m`, `+1h11m`. */
export function offset(ms: number): string {
  let rest = Math.round(ms);
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return `+${parts.join('') || '0s'}`;
}
