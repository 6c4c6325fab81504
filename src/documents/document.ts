import { UsageError } from '../core/errors.js';

/** A place in a document: the keys that lead to it. */
export type Path = readonly (string | number)[];

/** What a file holds, not yet checked, with the places of its keys. */
export interface PlacedDocument {
  readonly data: unknown;
  /** `4:3`, the line and column where a key stands; null where a file has none to tell. */
  readonly locate: (path: Path) => Promise<string | null>;
}

/** A file that can't be read; `shown` is its path for people, with line and column where the fault is at a place in it. */
export function unreadable(shown: string, reason: string, cause?: unknown): UsageError {
  const [, file = shown, line, column] = /^(.+):(\d+):(\d+)$/.exec(shown) ?? [];
  const facts = { file, ...(line !== undefined && { line: Number(line), column: Number(column) }) };
  return new UsageError('BAD_CONFIG', `${shown}: ${reason}`, { cause, facts });
}
