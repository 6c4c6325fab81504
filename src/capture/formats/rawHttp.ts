import { findHeader, type Header } from '../../core/delivery.js';
import { badCapture, type CapturedItem, contentLength, lengthNotes } from '../capture.js';
import type { CaptureFormat } from '../captureInput.js';
import { trimBlanks } from '../trimBlanks.js';

const requestLine = /^([A-Z]+)[ \t]+(\S+)(?:[ \t]+HTTP\/\d(?:\.\d)?)?$/;
const statusLine = /^HTTP\/\d(?:\.\d)? \d{3}\b/;
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:(.*)$/;
/** The first line of a message as it is on the wire. */
const messageLine = /^(?:[A-Z]{3,20} \S+ HTTP\/\d|HTTP\/\d(?:\.\d)? \d{3}\b)/;
/** The beginning of another message, at the start of a line. */
const nextMessage = /\n(?=[A-Z]{3,20} [^\s]{1,8192} HTTP\/\d|HTTP\/\d(?:\.\d)? \d{3})/g;
const longestHead = 256 * 1024;
const maxRequests = 10_000;

/** Lines that pages show above the headers, with their meaning for the request. */
const shownLine = /^Request (URL|Method):[ \t]*(\S+)[ \t]*$/i;
const pageLine = /^(?:Status Code|Remote Address|Referrer Policy|HTTP Version):/i;

const expected = "A raw capture is headers ('Name: value'), a blank line, and the body.";

/** HTTP as it is on the wire, or nearly: the request line may be missing, lines may end in LF, answers and more requests may follow. */
export const readRawHttp: CaptureFormat = ({ bytes, source }) => rawItems(bytes, source);

/**
 * The requests of an HTTP text. Bodies are taken as they are, up to their Content-Length where only line ends or another message
 * follow. Errors hold nothing of it. Throws a UsageError.
 */
export function rawItems(buffer: Buffer, source: string): CapturedItem[] {
  const items: CapturedItem[] = [];
  const latin1 = buffer.toString('latin1');
  for (let at: number | null = 0; at !== null && items.length < maxRequests; ) {
    const head = readHead(latin1, at);
    if ('reason' in head) {
      if (items.length > 0) break;
      const next: number | null = at === 0 ? requestBehindText(latin1) : null;
      if (next === null) throw badCapture(source, head.reason);
      at = next;
      continue;
    }
    const { end, item } = readMessage(buffer, { latin1, head });
    items.push(item);
    at = nextRequest(latin1, end);
  }
  return items;
}

/** Returns the index of a request after other lines, as logs and proxies write them; null where there is none. */
function requestBehindText(latin1: string): number | null {
  const found = /\n(?=[A-Z]{3,20} \S{1,8192} HTTP\/\d(?:\.\d)?\r?\n[\w-]+:)/.exec(latin1);
  return found && found.index + 1;
}

interface RawHead {
  readonly method: string;
  readonly url: string;
  readonly isUrlMadeUp: boolean;
  readonly headers: readonly Header[];
  readonly end: number;
}

function readHead(latin1: string, start: number): RawHead | { readonly reason: string } {
  const found = headLines(latin1, start);
  if ('reason' in found) return found;
  const { lines, end } = found;
  const first = requestLine.exec(lines[0]?.text ?? '');
  const pseudo = new Map<string, string>();
  const headers: Header[] = [];
  for (const { text, number } of first ? lines.slice(1) : lines) {
    const special = /^:(method|path|authority|scheme):[ \t]*(.*)$/.exec(text) ?? shownLine.exec(text);
    const header = headerLine.exec(text);
    if (special) pseudo.set(special[1]!.toLowerCase(), special[2]!);
    else if (header) headers.push([header[1]!, trimBlanks(header[2]!)]);
    else if (/^[ \t]/.test(text) && headers.length > 0) {
      const [name, value] = headers.pop()!;
      headers.push([name, `${value} ${text.trim()}`]);
    } else if (!pageLine.test(text)) return { reason: `line ${number} is no header. ${expected}` };
  }
  if (headers.length === 0) return { reason: `it has no headers. ${expected}` };
  const method = first?.[1] ?? pseudo.get('method') ?? 'POST';
  const target = first?.[2] ?? pseudo.get('path') ?? pseudo.get('url') ?? '/';
  const host = findHeader(headers, 'host') ?? pseudo.get('authority');
  const isWhole = /^https?:\/\//i.test(target);
  const url = isWhole ? target : `${pseudo.get('scheme') ?? 'http'}://${host ?? 'localhost'}${target}`;
  return { method, url, isUrlMadeUp: !isWhole && host === undefined && target === '/', headers, end };
}

function headLines(
  latin1: string,
  from: number,
): { lines: { text: string; number: number }[]; end: number } | { readonly reason: string } {
  const lines: { text: string; number: number }[] = [];
  let start = from;
  for (let number = 1; ; number++) {
    const newline = latin1.indexOf('\n', start);
    const isLast = newline < 0;
    if ((isLast ? latin1.length : newline) - from > longestHead || (isLast && !isOver(lines, latin1.slice(start)))) {
      return { reason: `no blank line separates headers from body. ${expected}` };
    }
    const text = latin1.slice(start, isLast ? latin1.length : newline).replace(/\r$/, '');
    start = isLast ? latin1.length : newline + 1;
    if (statusLine.test(text) && lines.length === 0) {
      return { reason: 'this is a response. Capture the request that the provider sent.' };
    }
    if (text !== '') lines.push({ text, number });
    if (isLast || (text === '' && lines.length > 0)) return { lines, end: start };
  }
}

/** Returns whether lines that no blank one follows are a whole request: one that has no body. */
function isOver(lines: readonly { readonly text: string }[], last: string): boolean {
  return (
    /^(?:GET|HEAD|DELETE|OPTIONS) \S+/.test(lines[0]?.text ?? '') && (last === '' || headerLine.test(last.trimEnd()))
  );
}

/** A request and the place behind it. */
function readMessage(buffer: Buffer, { latin1, head }: { latin1: string; head: RawHead }) {
  const { method, url, headers, isUrlMadeUp } = head;
  const { body, end, notes } = readBody(buffer, latin1, head);
  const isAnswered = statusLine.test(latin1.slice(skipLineEnds(latin1, end), skipLineEnds(latin1, end) + 16));
  const allNotes = isAnswered ? [...notes, 'The answer that follows the request was left out.'] : notes;
  const read = () => ({ request: { method, url, headers, body }, at: null, notes: allNotes, isUrlMadeUp });
  return { end, item: { method, url, headers, read } satisfies CapturedItem };
}

function readBody(buffer: Buffer, latin1: string, { headers, end: start }: RawHead) {
  if (/\bchunked\b/i.test(findHeader(headers, 'transfer-encoding') ?? '')) {
    const chunks = unchunked(buffer, start);
    if (chunks) return { body: chunks.body, end: chunks.end, notes: [] };
    // A tool that shows a request may have joined the chunks already; `--dry-run`, whose head has no CRLF, adds line ends.
    const end = messageEnd(latin1, start);
    const isShown = latin1[start - 2] !== '\r';
    if (isShown) return { body: withoutLineEnds(buffer.subarray(start, end)), end, notes: [] };
  }
  const length = contentLength(headers);
  if (length !== null && start + length <= buffer.length) {
    const next = skipLineEnds(latin1, start + length);
    const line = latin1
      .slice(next, next + 8300)
      .split('\n', 1)[0]!
      .trimEnd();
    if (next === latin1.length || (next > start + length && (requestLine.test(line) || statusLine.test(line)))) {
      return { body: buffer.subarray(start, start + length), end: next, notes: [] };
    }
    // On a connection that stays open the next message follows at once.
    if (next === start + length && messageLine.test(line)) {
      return { body: buffer.subarray(start, next), end: next, notes: [] };
    }
    const before = buffer.subarray(start, start + length);
    if (isJson(before) && !isJson(buffer.subarray(start, messageEnd(latin1, start)))) {
      return {
        body: before,
        end: start + length,
        notes: [`Content-Length says ${length} bytes; the text behind them was left out.`],
      };
    }
  }
  const end = messageEnd(latin1, start);
  const isCut = end < latin1.length;
  const rest = buffer.subarray(start, end);
  const body = isCut ? withoutEveryLineEnd(rest) : rest;
  const notes =
    isCut && length === null && body.length > 0
      ? [
          'No Content-Length says where the body ends: it was taken up to the next message, without the line ends before that.',
        ]
      : lengthNotes(headers, body.length);
  return { body, end, notes };
}

/** Returns the index of the next message, or of the text's end. */
function messageEnd(latin1: string, start: number): number {
  nextMessage.lastIndex = Math.max(0, start - 1);
  const match = nextMessage.exec(latin1);
  return match ? match.index + 1 : latin1.length;
}

/** Returns the index of the next request, skipping answers; null where none follows. */
function nextRequest(latin1: string, end: number): number | null {
  let at = skipLineEnds(latin1, end);
  while (at < latin1.length) {
    const line = latin1
      .slice(at, at + 8300)
      .split('\n', 1)[0]!
      .trimEnd();
    if (requestLine.test(line)) return at;
    const next = answerEnd(latin1, at) ?? messageEnd(latin1, at + 1);
    if (next >= latin1.length) return null;
    at = next;
  }
  return null;
}

/** Returns the end of an answer by its Content-Length, where another message follows at once; null otherwise. */
function answerEnd(latin1: string, start: number): number | null {
  const head = /^HTTP\/[^\n]*\n(?:[^\r\n][^\n]*\n){0,200}\r?\n/.exec(latin1.slice(start, start + 65_536))?.[0];
  const length = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(head ?? '')?.[1];
  if (head === undefined) return null;
  const end = start + head.length + Number(length ?? 0);
  return messageLine.test(latin1.slice(end, end + 8300)) ? end : null;
}

function skipLineEnds(latin1: string, from: number): number {
  let at = from;
  while (latin1[at] === '\r' || latin1[at] === '\n') at++;
  return at;
}

/** Removes the line ends that `--dry-run` puts after a body without Content-Length. */
function withoutLineEnds(rest: Buffer): Buffer {
  let end = rest.length;
  for (let count = 0; count < 2 && rest[end - 1] === 10; count++) end--;
  return rest.subarray(0, end);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function withoutEveryLineEnd(rest: Buffer): Buffer {
  let end = rest.length;
  while (rest[end - 1] === 10 || rest[end - 1] === 13) end--;
  return rest.subarray(0, end);
}

/** The body of chunked transfer coding, and the place behind it; undefined where the bytes are not chunks. */
function unchunked(bytes: Buffer, start: number): { body: Buffer; end: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const line = bytes.indexOf(10, at);
    if (line < 0 || line - at > 1024) return undefined;
    const size = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?\r?$/.exec(bytes.toString('latin1', at, line))?.[1];
    if (size === undefined) return undefined;
    const from = line + 1;
    const end = from + Number.parseInt(size, 16);
    if (end === from) return { body: Buffer.concat(parts), end: from };
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(from, end));
    at = bytes[end] === 13 ? end + 2 : end + 1;
  }
}
