import { UsageError } from '../core/errors.js';

/** A place in a document: the keys that lead to it. */
export type Path = readonly (string | number)[];

/** The content of a file, not yet checked, with the places of its keys. */
export interface PlacedDocument {
  readonly data: unknown;
  /** Returns `4:3`, the line and column of a key; null where the file has no places. */
  readonly locate: (path: Path) => Promise<string | null>;
}

/** A file that can't be read; `shown` is its path for people, with line and column where the fault is at a place in it. */
export function unreadable(shown: string, reason: string, cause?: unknown): UsageError {
  const [, file = shown, line, column] = /^(.+):(\d+):(\d+)$/.exec(shown) ?? [];
  const facts = { file, ...(line !== undefined && { line: Number(line), column: Number(column) }) };
  return new UsageError('BAD_CONFIG', `${shown}: ${reason}`, { cause, facts });
}
