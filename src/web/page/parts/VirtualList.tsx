import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows that are drawn above and below those in sight. */
const margin = 8;

/**
 * A list of rows of one height, of which only those in sight are in the document. Keys choose among them; what is chosen stays in place
 * when rows come in above.
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
  onOpen?: (row: Row) => void;
  /** What a row shows; its text is what a screen reader says. */
  draw: (row: Row) => ComponentChildren;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  const first = useRef<{ key: string; rows: readonly Row[] } | null>(null);

  useLayoutEffect(() => {
    const element = list.current!;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // What came above those in sight moves them by as much.
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

  const begin = Math.max(0, Math.floor(top / rowHeight) - margin);
  const end = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + margin);
  const drawn = rows.slice(begin, end);
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
      onOpen?.(rows[at]);
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
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={move}
    >
      <div class="virtual-space" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
        {drawn.map((row, index) => {
          const key = keyOf(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names the active row.
            <div
              key={key}
              id={`${id}-${key}`}
              class="virtual-row"
              role="option"
              aria-selected={key === chosen}
              aria-setsize={rows.length}
              aria-posinset={begin + index + 1}
              style={{ height: `${rowHeight}px`, transform: `translateY(${(begin + index) * rowHeight}px)` }}
              onClick={() => {
                onChoose(row);
                onOpen?.(row);
              }}
            >
              {draw(row)}
            </div>
          );
        })}
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
