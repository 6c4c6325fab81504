/** A line of one or both of two texts. */
export interface DiffLine {
  readonly is: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Steps after which two texts are called altogether different. */
const maxEdits = 500;

/** Returns the differences between two texts, line by line: the fewest removals and additions (Myers, 1986). */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (texts: readonly string[]): DiffLine[] => texts.map((text) => ({ is: 'same', text }));
  const middle = diffMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))];
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const removed = (texts: readonly string[]): DiffLine[] => texts.map((text) => ({ is: 'removed', text }));
  const added = (texts: readonly string[]): DiffLine[] => texts.map((text) => ({ is: 'added', text }));
  const furthest: Map<number, number>[] = [];
  const reached = new Map<number, number>([[1, 0]]);
  const most = Math.min(a.length + b.length, maxEdits);
  for (let edits = 0; edits <= most; edits++) {
    furthest.push(new Map(reached));
    for (let k = -edits; k <= edits; k += 2) {
      let x = isDown(reached, k, edits) ? reached.get(k + 1)! : reached.get(k - 1)! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return readBack(furthest, a, b);
    }
  }
  return [...removed(a), ...added(b)];
}

function isDown(reached: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
}

function readBack(furthest: readonly Map<number, number>[], a: readonly string[], b: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = a.length;
  let y = b.length;
  for (let edits = furthest.length - 1; edits >= 0; edits--) {
    const reached = furthest[edits]!;
    const k = x - y;
    const earlier = isDown(reached, k, edits) ? k + 1 : k - 1;
    const fromX = reached.get(earlier) ?? 0;
    const fromY = fromX - earlier;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      lines.push({ is: 'same', text: a[--x]! });
      y--;
    }
    if (edits === 0) break;
    if (x === fromX) lines.push({ is: 'added', text: b[--y]! });
    else lines.push({ is: 'removed', text: a[--x]! });
  }
  return lines.reverse();
}
