import { wrap } from '../../core/printable.js';
import type { Io } from './io.js';

/** Writes a line for people to standard error, on a terminal broken at spaces and continued with an indent. */
export function writeNotice(line: string, { stderr }: Pick<Io, 'stderr'>): void {
  const lines = stderr.isTTY ? wrap(line, stderr.columns - 2) : [line];
  stderr.write(`${lines.join('\n  ')}\n`);
}
