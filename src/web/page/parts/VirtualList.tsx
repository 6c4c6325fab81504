import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows that are drawn above and below those in sight. */
const margin = 8;
/** Rows by which the drawn range moves, so that most frames of a scroll redraw nothing. */
const stride = 4;

/** A row as it was drawn, and of what: the same is not drawn again. */
interface DrawnRow<Row> {
  readonly row: Row;
  readonly of: string;
  readonly node: VNode;
}

/**
 * A list of rows of equal height, of which only the visible ones are in the document. Keys move the selection; it stays in place when rows are added
 * above.
 */
export function VirtualList<Row>({
  rows,
  keyOf,
  rowHeight,
  label,
  chosen,
  onChoose,
  onOpen,
  draw,
}: {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  rowHeight: number;
  label: string;
  chosen: string | null;
  onChoose: (row: Row) => void;
  onOpen?: (row: Row, by: 'click' | 'Enter') => void;
  /** The content of a row, from the row alone; its text is read by screen readers. */
  draw: (row: Row) => ComponentChildren;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [begun, setBegun] = useState(0);
  const drawnBefore = useRef(new Map<string, DrawnRow<Row>>());
  const callbacks = useRef({ onChoose, onOpen });
  callbacks.current = { onChoose, onOpen };
  const [height, setHeight] = useState(800);
  const first = useRef<{ key: string; rows: readonly Row[] } | null>(null);

  useLayoutEffect(() => {
    const element = list.current!;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Rows added above the visible ones move them by as much.
  useLayoutEffect(() => {
    const element = list.current!;
    const before = first.current;
    if (before && before.rows !== rows && element.scrollTop > 0) {
      const at = rows.findIndex((row) => keyOf(row) === before.key);
      const was = before.rows.findIndex((row) => keyOf(row) === before.key);
      if (at > was) element.scrollTop += (at - was) * rowHeight;
    }
    const inSight = rows[Math.floor(element.scrollTop / rowHeight)];
    first.current = inSight ? { key: keyOf(inSight), rows } : null;
  });

  const at = chosen === null ? -1 : rows.findIndex((row) => keyOf(row) === chosen);
  useEffect(() => {
    if (at >= 0) scrollToRow(list.current!, at, rowHeight);
  }, [chosen]);

  const begin = Math.max(0, begun - margin);
  const end = Math.min(rows.length, begun + stride + Math.ceil(height / rowHeight) + margin);
  const drawn = rows.slice(begin, end).map((row, index): [key: string, drawn: DrawnRow<Row>] => {
    const key = keyOf(row);
    const place = begin + index;
    const of = `${place} ${rows.length} ${rowHeight} ${key === chosen}`;
    const before = drawnBefore.current.get(key);
    if (before?.row === row && before.of === of) return [key, before];
    const node = (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys.
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names the active row.
      <div
        key={key}
        id={`${id}-${key}`}
        class="virtual-row"
        role="option"
        aria-selected={key === chosen}
        aria-setsize={rows.length}
        aria-posinset={place + 1}
        style={{ height: `${rowHeight}px`, transform: `translateY(${place * rowHeight}px)` }}
        onClick={() => {
          callbacks.current.onChoose(row);
          callbacks.current.onOpen?.(row, 'click');
        }}
      >
        {draw(row)}
      </div>
    );
    return [key, { row, of, node }];
  });
  drawnBefore.current = new Map(drawn);
  const isChosenDrawn = at >= begin && at < end;

  const move = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key === 'Enter' && rows[at]) {
      event.preventDefault();
      onOpen?.(rows[at], 'Enter');
    }
    const next = steps[event.key];
    if (next === undefined || rows.length === 0) return;
    event.preventDefault();
    onChoose(rows[Math.min(Math.max(next, 0), rows.length - 1)]!);
  };

  return (
    <div
      class="virtual-list"
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={isChosenDrawn ? `${id}-${keyOf(rows[at]!)}` : undefined}
      onScroll={(event) => setBegun(Math.floor(event.currentTarget.scrollTop / rowHeight / stride) * stride)}
      onKeyDown={move}
    >
      <div class="virtual-space" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
        {drawn.map(([, { node }]) => node)}
      </div>
    </div>
  );
}

function scrollToRow(element: HTMLElement, at: number, rowHeight: number): void {
  const from = at * rowHeight;
  if (from < element.scrollTop) element.scrollTop = from;
  else if (from + rowHeight > element.scrollTop + element.clientHeight)
    element.scrollTop = from + rowHeight - element.clientHeight;
}
