import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { buildLogRow, type LogEntry, type LogRow } from '../core/logEntry.js';
import { type LogFolder, sortFiles } from './logFolder.js';
import { holdsRowTexts, holdsTexts, type LogSearch } from './parseLogSearch.js';
import { readLogEntry, readLogLine } from './readLog.js';

/** Bytes at the beginning of a file, including the key of its first delivery, that identify it even after it was renamed. */
const headBytes = 80;

/** A file of the log. */
interface IndexedFile {
  readonly head: string;
  name: string;
  /** Bytes that were read, all of whole lines. */
  read: number;
}

interface IndexedRow {
  readonly row: LogRow;
  readonly file: IndexedFile;
  readonly start: number;
  readonly end: number;
  /** Whether a body in it is encoded, so that a text is not found in its line. */
  readonly isEncoded: boolean;
}

/** The changes of a log since the last look. */
export interface LogChange {
  /** The oldest first. */
  readonly added: readonly LogRow[];
  /** Whether deliveries that were there are gone. */
  readonly isShorter: boolean;
}

interface FoundRows {
  /** The newest first. */
  readonly rows: readonly LogRow[];
  /** The key to go on from; null at the end. */
  readonly next: string | null;
  readonly total: number;
}

/** The limits of a search. */
export interface SearchWindow {
  /** The key of the delivery before which is searched; null for the newest. */
  readonly before: string | null;
  readonly limit: number;
}

/** The index of a log, kept in memory: a row for each delivery, and its place in the files. */
export class LogIndex {
  private files: IndexedFile[] = [];
  /** The oldest first. */
  private rows: IndexedRow[] = [];
  private readonly places = new Map<string, IndexedRow>();
  /** Lines that are torn or broken. */
  broken = 0;

  constructor(private readonly folder: LogFolder) {}

  /** Reads the lines since the last time. Throws the system's error where the log exists and can't be read. */
  refresh(): LogChange {
    const added: LogRow[] = [];
    const known = new Map(this.files.map((file) => [file.head, file]));
    let found: IndexedFile[] = [];
    const look = () => {
      const names = this.names();
      const files = names.map((name) => this.readNew(name, known, added)).filter((file) => file !== undefined);
      found = [...new Set(files)];
    };
    look();
    // A file may get another name while the folder is read.
    if (this.files.some((file) => !found.includes(file))) look();
    const isShorter = this.files.some((file) => !found.includes(file));
    this.files = found;
    if (isShorter) {
      this.rows = this.rows.filter(({ file }) => found.includes(file));
      this.places.clear();
      for (const each of this.rows) this.places.set(each.row.key, each);
    }
    return { added, isShorter };
  }

  /** Returns the whole record of a delivery; null where it is missing, or gone. */
  entry(key: string): LogEntry | null {
    const place = this.places.get(key);
    return place ? readLogEntry(this.reader()(place)) : null;
  }

  /** The deliveries that fit a search, the newest first, and how many there are in all. */
  search({ fits, fields, texts }: LogSearch, { before, limit }: SearchWindow): FoundRows {
    const lineOf = texts.length > 0 ? this.reader() : null;
    // A line holds a header as two texts.
    const wanted = texts.filter(({ isWanted }) => isWanted).flatMap(({ text }) => text.split(/:\s*/).map(toJsonText));
    const holds = (each: IndexedRow) => {
      if (lineOf === null) return true;
      const line = lineOf(each);
      if (!each.isEncoded && wanted.length > 0) {
        const lower = line.toLowerCase();
        if (!wanted.every((text) => lower.includes(text))) return false;
      }
      if (each.row.load) return holdsRowTexts(each.row, texts);
      const entry = readLogEntry(line);
      return entry !== null && holdsTexts(entry, texts);
    };
    const rows: LogRow[] = [];
    let next: string | null = null;
    let total = 0;
    let isBehind = before === null;
    const isAll = fields.size === 0 && texts.length === 0;
    for (let at = this.rows.length - 1; at >= 0; at--) {
      const each = this.rows[at]!;
      if (each.row.ended ? isAll : fits(each.row) && holds(each)) {
        if (!each.row.ended) total++;
        if (isBehind && rows.length < limit) rows.push(each.row);
        else if (isBehind) next ??= rows.at(-1)!.key;
      }
      if (each.row.key === before) isBehind = true;
    }
    return { rows, next, total };
  }

  private names(): string[] {
    try {
      return sortFiles(readdirSync(this.folder.path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** Reads the new lines of a file; undefined where it was just deleted. */
  private readNew(name: string, known: Map<string, IndexedFile>, added: LogRow[]): IndexedFile | undefined {
    let descriptor: number;
    try {
      descriptor = openSync(join(this.folder.path, name), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      const { size } = fstatSync(descriptor);
      if (size < headBytes) return undefined;
      const head = readRange(descriptor, 0, headBytes).toString('latin1');
      const file = known.get(head) ?? { head, name, read: 0 };
      known.set(head, file);
      file.name = name;
      if (size > file.read) this.take(file, readRange(descriptor, file.read, size), added);
      return file;
    } finally {
      closeSync(descriptor);
    }
  }

  /** Takes whole lines; an unfinished one is read the next time. */
  private take(file: IndexedFile, bytes: Buffer, added: LogRow[]): void {
    const base = file.read;
    for (let start = 0; ; ) {
      const end = bytes.indexOf(0x0a, start);
      if (end < 0) break;
      file.read = base + end + 1;
      if (end > start) {
        const line = bytes.toString('utf8', start, end);
        const read = readLogLine(line);
        if (read === null) this.broken++;
        else {
          const row = 'json' in read ? buildLogRow(read) : read;
          const isEncoded = line.includes('"bodyBase64"');
          const indexed = { row, file, start: base + start, end: base + end, isEncoded };
          this.rows.push(indexed);
          this.places.set(row.key, indexed);
          added.push(row);
        }
      }
      start = end + 1;
    }
  }

  /** Reads lines, each file at most once. */
  private reader(): (place: IndexedRow) => string {
    const read = new Map<IndexedFile, Buffer>();
    return ({ file, start, end }) => {
      let bytes = read.get(file);
      if (bytes === undefined) {
        bytes = this.wholeFile(file);
        read.set(file, bytes);
      }
      return bytes.toString('utf8', start, end);
    };
  }

  /** Nothing where the file has gone, or has another name that is not known yet. */
  private wholeFile({ name, head, read }: IndexedFile): Buffer {
    for (const each of [name, ...this.names()]) {
      try {
        const descriptor = openSync(join(this.folder.path, each), 'r');
        try {
          const bytes = readRange(descriptor, 0, read);
          if (bytes.toString('latin1', 0, headBytes) === head) return bytes;
        } finally {
          closeSync(descriptor);
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    return Buffer.alloc(0);
  }
}

function readRange(descriptor: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, from + length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/** Returns a text in lower case as a line of JSON writes it. */
function toJsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1).toLowerCase();
}
