import { decodeUtf16 } from '../core/decodeUtf16.js';
import type { NameOf } from '../core/errors.js';
import { excerpt } from '../core/printable.js';
import { writeFaithfully } from '../json/encodeJson.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import { getPath, type PathStep } from '../json/path.js';
import { findRepeatedKey } from '../json/repeatedKey.js';
import type { Json } from '../json/value.js';
import { badCapture, type CapturedItem } from './capture.js';
import { ExpansionBudget } from './expansionBudget.js';
import { readTerminalText } from './terminalText.js';

/** A file that holds requests, as its readers see it. */
export interface CaptureInput {
  /** Names it in errors. */
  readonly source: string;
  readonly nameOf: NameOf;
  /** In UTF-8 and without a byte order mark, where it is text. */
  readonly bytes: Buffer;
  /** Each byte as a character. */
  readonly latin1: string;
  readonly text: string;
  /** Remarks on the file as a whole. */
  readonly notes: readonly string[];
  /** Its content as JSON or YAML; undefined where it is neither. */
  readonly document: unknown;
  /** The value at a place of its JSON with members and digits as they are written; undefined where there is none. */
  readonly valueAt: (path: readonly PathStep[]) => Json | undefined;
  /** The limit of what its variables may expand to. */
  readonly budget: ExpansionBudget;
}

/** Reads one kind of file; null where it is of another kind. Throws a UsageError for one of its kind that can't be read. */
export type CaptureFormat = (input: CaptureInput) => readonly CapturedItem[] | null;

/** A value of a document, with its path. */
export interface DocumentPart {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: readonly PathStep[];
}

/** Reads one request from an object of a document; null where it is of another kind. */
export type PartReader = (part: DocumentPart, input: CaptureInput) => readonly CapturedItem[] | null;

/** Prepares the bytes of a file for its readers. Converts text in UTF-16 to UTF-8, with a remark. */
export function captureInput(
  given: Uint8Array,
  { source, nameOf }: Pick<CaptureInput, 'source' | 'nameOf'>,
): CaptureInput {
  const { bytes, notes } = decoded(Buffer.from(given.buffer, given.byteOffset, given.byteLength));
  const text = bytes.toString('utf8');
  const lines = /^\s*[{[]/.test(text) ? jsonDocuments(text) : undefined;
  let tree: Json | undefined;
  return {
    source,
    nameOf,
    bytes,
    latin1: bytes.toString('latin1'),
    text,
    notes: [
      ...notes,
      ...(lines?.notes ?? []),
      ...repeatedNotes(lines?.document === undefined ? [] : (lines.texts ?? [text])),
    ],
    document: lines?.document,
    valueAt: (path) => {
      const [line, ...rest] = path;
      if (lines?.texts && typeof line === 'number') return placed(readTree(lines.texts[line]!, source), rest);
      tree ??= readTree(text, source);
      return placed(tree, path);
    },
    budget: new ExpansionBudget((reason) => badCapture(source, `${reason}.`)),
  };
}

/** Finds a key that an object has twice; only the last one is read. */
function repeatedNotes(texts: readonly string[]): string[] {
  for (const text of texts) {
    const path = findRepeatedKey(text);
    if (path !== null)
      return [`The JSON of the capture has the key ${excerpt(path, 80)} twice; the last one was read.`];
  }
  return [];
}

function readTree(text: string, source: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw badCapture(source, `its JSON can't be read: ${error.message}.`);
    throw error;
  }
}

function placed(root: Json, path: readonly PathStep[]): Json | undefined {
  return path.length === 0 ? root : getPath(root, path);
}

/** JSON as it is written compactly, with the digits of its numbers. */
export function compactJson(value: Json): string {
  return writeFaithfully(value, 'js');
}

const maxLines = 100_000;

interface JsonDocuments {
  readonly document: unknown;
  /** The text of each of several documents. */
  readonly texts?: readonly string[];
  readonly notes: readonly string[];
}

/** Parses one document of JSON, or one in each line; adds a remark about lines that are none. */
function jsonDocuments(text: string): JsonDocuments {
  const whole = parsed(text);
  if (whole !== undefined) return { document: whole, notes: [] };
  const values: unknown[] = [];
  const texts: string[] = [];
  const others: number[] = [];
  const lines = text.split('\n');
  if (lines.length > maxLines) return { document: undefined, notes: [] };
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = parsed(line);
    if (value === undefined) {
      // Where JSON is written over several lines, the first is none.
      if (values.length === 0) return prettyDocuments(text);
      others.push(at + 1);
    } else {
      values.push(value);
      texts.push(line);
    }
  }
  return values.length === 0
    ? { document: undefined, notes: [] }
    : { document: values, texts, notes: lineNotes(others) };
}

/** Documents of several lines each, one behind the other, as jq writes them. */
function prettyDocuments(text: string): JsonDocuments {
  const texts = text.split(/^(?=\{)/m).filter((each) => each.trim() !== '');
  const values = texts.length > 1 ? texts.map(parsed) : [];
  if (values.length === 0 || values.includes(undefined)) return { document: undefined, notes: [] };
  return { document: values, texts, notes: [] };
}

function lineNotes(lines: readonly number[]): string[] {
  if (lines.length === 0) return [];
  const shown = `${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''}`;
  return [
    lines.length === 1
      ? `Line ${shown} is not JSON (cut?) and was left out.`
      : `${lines.length} lines are not JSON (cut?) and were left out: ${shown}.`,
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns the text between the fences of Markdown, in which people pass on a request. */
function unfenced(bytes: Buffer): Buffer {
  if (!/^\s*```/.test(bytes.toString('latin1', 0, 100))) return bytes;
  const inner = /^\s*```[\w-]*\r?\n([\s\S]*?)\r?\n```\s*$/.exec(bytes.toString('latin1'))?.[1];
  return inner === undefined ? bytes : Buffer.from(inner, 'latin1');
}

function decoded(bytes: Buffer): { bytes: Buffer; notes: readonly string[] } {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const utf16 = isMarked ? null : decodeUtf16(bytes);
  // A browser that copies a command for the command prompt puts a caret before each half of a character.
  const joined = utf16?.replace(/([\ud800-\udbff])\^([\udc00-\udfff])/g, '$1$2');
  const plain = isMarked ? bytes.subarray(3) : joined === undefined ? bytes : Buffer.from(joined);
  const given = unfenced(plain);
  const notes =
    utf16 === null
      ? []
      : ['The capture is UTF-16, as Windows writes it; it was read as UTF-8, in which bodies are sent.'];
  const shown = readTerminalText(given.toString('latin1'));
  if (shown === null) return { bytes: given, notes };
  return { bytes: Buffer.from(shown.text, 'latin1'), notes: [...notes, ...shown.notes] };
}
