import { badCapture } from '../capture.js';
import type { CaptureFormat } from '../captureInput.js';
import { readParts } from '../parts.js';

const maxCells = 1_000_000;

/** A table with a request in each row, as webhook.site exports it: headers as JSON in a cell, or each in a column `headers.<name>`. */
export const readCsvTable: CaptureFormat = (input) => {
  const first = input.text.slice(0, 65_536).split('\n', 1)[0]!;
  if (!/^["\w. -]+(?:,["\w. -]*){2,}\r?$/.test(first) || !/(?:^|,)"?method\b/i.test(first)) return null;
  const [names, ...rows] = splitRows(input.text, input.source);
  const keys = names!.map((name) => name.trim());
  const document = rows.map((row) => requestOf(keys, row));
  const items = readParts({ ...input, document, valueAt: () => undefined });
  if (items) return items;
  throw badCapture(
    input.source,
    'this is a table (CSV) without headers and bodies of requests. Export it as JSON or HAR.',
  );
};

function requestOf(keys: readonly string[], row: readonly string[]): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  const headers: [string, string][] = [];
  for (const [at, key] of keys.entries()) {
    const cell = row[at] ?? '';
    const name = /^headers?\.(.+)$/i.exec(key)?.[1];
    if (name !== undefined) {
      if (cell !== '') headers.push([name, cell]);
    } else request[key.toLowerCase()] = /^(?:headers|query)$/i.test(key) ? parsed(cell) : cell;
  }
  return headers.length > 0 ? { ...request, headers } : request;
}

function parsed(cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

/** Splits a table into the cells of its rows; a quote in a quoted cell is doubled. Throws a UsageError for what is no table. */
function splitRows(text: string, source: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"([^"]*(?:""[^"]*)*)"(,|\r?\n|$)|([^",\r\n]*)(,|\r?\n|$)/y;
  for (let count = 0; cell.lastIndex < text.length; count++) {
    if (count === maxCells) throw badCapture(source, `the table has more than ${maxCells} cells. Cut it.`);
    const found = cell.exec(text);
    if (!found)
      throw badCapture(source, `row ${rows.length} of the table has a quote that does not open or close a cell.`);
    const [, quoted, end, plain, plainEnd] = found;
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (/\n$/.test(end ?? plainEnd!) && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
