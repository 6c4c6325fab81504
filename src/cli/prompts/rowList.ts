import {
  createPrompt,
  isBackspaceKey,
  isDownKey,
  isEnterKey,
  isTabKey,
  isUpKey,
  makeTheme,
  useKeypress,
  useMemo,
  usePrefix,
  useState,
} from '@inquirer/core';
import { excerpt, printable } from '../../core/printable.js';
import { type Findable, matchedPositions, rankRows } from '../../core/rankRows.js';
import { textWidth } from '../../core/textWidth.js';
import type { promptTheme } from './theme.js';

/** A row of a list. */
export interface Row<T> extends Findable {
  readonly value: T;
  /** The text after the name. */
  readonly note?: string;
  /** The text below the list while the row is active. */
  readonly description?: string;
  /** The text that Tab types; by default the name. */
  readonly completion?: string;
  /** The text that replaces it once it is chosen; by default the name. */
  readonly short?: string;
}

/** A row that is made of what was typed. */
export interface TypedRow<T> {
  readonly row: Row<T>;
  /** Whether it is above the rows that were found. */
  readonly isFirst: boolean;
  /** The reason why it can't be chosen. */
  readonly problem?: string;
}

/** A list to choose from. */
export interface RowListConfig<T> {
  readonly message: string;
  readonly rows: readonly Row<T>[];
  readonly typedRow?: (typed: string) => TypedRow<T> | null;
  /** The row that is active at first; by default the first. */
  readonly initial?: T | undefined;
  readonly pageSize: number;
  readonly columns: number;
  readonly theme: ReturnType<typeof promptTheme>;
}

/** Columns that the help below the list needs. */
const narrow = 60;

interface State {
  readonly typed: string;
  readonly active: number;
  readonly problem: string | null;
  readonly isDone: boolean;
}

/** A list that is searched by typing. Only the rows that are seen are drawn. */
export const rowList = createPrompt(
  <T>(config: RowListConfig<T>, done: (value: T) => void): string | [string, string] => {
    const { rows, typedRow, pageSize, columns } = config;
    const theme = makeTheme<RowListConfig<T>['theme']>(config.theme);
    const [state, setState] = useState<State>(() => ({
      typed: '',
      active: Math.max(
        0,
        rows.findIndex(({ value }) => value === config.initial),
      ),
      problem: null,
      isDone: false,
    }));
    const { typed, active, problem, isDone } = state;
    const prefix = usePrefix({ status: isDone ? 'done' : 'idle', theme });
    const rank = useMemo(() => rankRows(rows), [rows]);
    const own = useMemo(() => (typed.trim() === '' ? null : (typedRow?.(typed.trim()) ?? null)), [typed]);
    const found = useMemo(() => {
      const ranked = rank(typed);
      if (!own) return ranked;
      return own.isFirst ? [own.row, ...ranked] : [...ranked, own.row];
    }, [typed]);
    const chosen = found[active];

    useKeypress((key, rl) => {
      if (isDone) return;
      const last = found.length - 1;
      const move = (to: number) => setState({ ...state, active: Math.max(0, Math.min(last, to)), problem: null });
      if (isEnterKey(key)) {
        const wrong = chosen === own?.row ? own?.problem : undefined;
        if (chosen && wrong === undefined) {
          setState({ ...state, isDone: true });
          done(chosen.value);
          return;
        }
        // Enter has taken the text from the line.
        rl.write(typed);
        if (wrong !== undefined) setState({ ...state, problem: wrong });
      } else if (isTabKey(key)) {
        const completed = chosen && chosen !== own?.row ? (chosen.completion ?? chosen.name) : typed;
        rl.clearLine(0);
        rl.write(completed);
        setState({ ...state, typed: completed, active: 0, problem: null });
      } else if (isUpKey(key) || (key.ctrl && key.name === 'p')) move(active - 1);
      else if (isDownKey(key) || (key.ctrl && key.name === 'n')) move(active + 1);
      else if (key.name === 'pageup') move(active - pageSize);
      else if (key.name === 'pagedown') move(active + pageSize);
      else if (rl.line !== typed || isBackspaceKey(key)) {
        setState({ ...state, typed: rl.line, active: rl.line === typed ? active : 0, problem: null });
      }
    });

    const message = theme.style.message(config.message, isDone ? 'done' : 'idle');
    if (isDone) {
      const answer = excerpt(chosen!.short ?? chosen!.name, Math.max(10, columns - textWidth(config.message) - 6));
      return `${prefix} ${message} ${theme.style.answer(answer)}`;
    }
    const column = Math.min(Math.max(0, ...seen().map(({ name }) => textWidth(name))), Math.floor(columns * 0.6));
    const lines = seen().map((row) => drawRow(row, { column, isActive: row === chosen }));
    const below = excerpt(chosen?.description ?? '', columns);
    const help = theme.style.keysHelpTip([
      ['↑↓', 'move'],
      ...(columns < narrow ? [] : [['tab', 'complete'] as [string, string]]),
      ['⏎', 'choose'],
    ]);
    const count = typed === '' || rows.length <= pageSize ? '' : ` ${found.length}/${rows.length}`;
    const bottom = [
      ...(lines.length > 0 ? lines : [theme.style.error('Nothing is found. Delete some of what you typed.')]),
      problem === null ? below && theme.style.description(below) : theme.style.error(printable(problem)),
      `${help}${theme.style.note(count)}`,
    ];
    return [`${prefix} ${message} ${typed}`, bottom.filter((line) => line !== '').join('\n')];

    function seen(): Row<T>[] {
      const top = Math.max(0, Math.min(active - Math.floor(pageSize / 2), found.length - pageSize));
      return found.slice(top, top + pageSize);
    }

    function drawRow(row: Row<T>, { column, isActive }: { column: number; isActive: boolean }): string {
      const room = columns - 3;
      const name = excerpt(row.name, row.note ? column : room);
      const marked = name === row.name ? mark(name, isActive) : name;
      const taken = textWidth(name);
      const left = room - Math.max(taken, column) - 2;
      const note =
        row.note && left > 3 ? `${' '.repeat(Math.max(0, column - taken) + 2)}${excerpt(row.note, left)}` : '';
      if (!isActive) return `  ${marked}${theme.style.note(note)}`;
      return `${theme.style.highlight(theme.icon.cursor)} ${marked}${theme.style.note(note)}`;
    }

    function mark(name: string, isActive: boolean): string {
      const positions = matchedPositions(typed, name);
      const plain = isActive ? theme.style.highlight : (text: string) => text;
      let drawn = '';
      for (let at = 0; at < name.length; ) {
        const isMatch = positions.has(at);
        let end = at + 1;
        while (end < name.length && positions.has(end) === isMatch) end++;
        const text = name.slice(at, end);
        drawn += isMatch ? theme.style.match(text) : plain(text);
        at = end;
      }
      return drawn;
    }
  },
);
