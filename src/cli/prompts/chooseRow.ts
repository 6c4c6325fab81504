import type { Io } from '../io/io.js';
import { ask, type Back } from './ask.js';
import { type Row, type RowListConfig, rowList, type TypedRow } from './rowList.js';
import { promptTheme } from './theme.js';

export type { Row, TypedRow };

/** A list for a person to choose from. */
export type Question<T> = Pick<RowListConfig<T>, 'message' | 'rows' | 'typedRow' | 'initial'> & {
  /** Rows that are seen at a time; by default as many as fit. */
  readonly pageSize?: number;
};

/** Lets a person choose a row of a list, which typing searches. */
export function chooseRow<T>(question: Question<T>, io: Io): Promise<T | Back> {
  const columns = Math.max(io.stdout.columns, 20);
  const config = { pageSize: pageSize(io), ...question, columns, theme: promptTheme(io) };
  // createPrompt knows no type parameters.
  return ask(io, (context) => rowList(config as RowListConfig<unknown>, context)) as Promise<T | Back>;
}

/** Rows of a list, so that the prompt fits on the terminal. */
function pageSize(io: Io): number {
  return Math.min(Math.max((io.stdout.rows ?? 24) - 8, 3), 12);
}
