import { findHeader, type Header } from '../core/delivery.js';
import { badCapture, type Capture, lengthNotes } from './capture.js';
import { fromCurl, isCurl } from './fromCurl.js';
import { fromHar, type HarChoice, harEntries, plainName } from './fromHar.js';

const requestLine = /^([A-Z]+)[ \t]+(\S+)(?:[ \t]+HTTP\/\d(?:\.\d)?)?$/;
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:[ \t]*(.*?)[ \t]*$/;
const longestHead = 256 * 1024;

/**
 * Reads a request from its HTTP text: a request line (which may be missing), headers, a blank line, the body. The head's
 * lines may end in LF or CRLF; the body's bytes are taken as they are, up to their Content-Length where only line ends or
 * another request follow. `source` names the text in errors, which hold nothing of it. Throws a UsageError.
 */
function fromRawHttp(bytes: Uint8Array, source: string): Capture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { lines, end } = headLines(buffer, source);
  const first = requestLine.exec(lines[0]?.text ?? '');
  const pseudo = new Map<string, string>();
  const headers: Header[] = [];
  for (const { text, number } of first ? lines.slice(1) : lines) {
    const special = /^:(method|path|authority|scheme):[ \t]*(.*)$/.exec(text);
    const header = headerLine.exec(text);
    if (special) pseudo.set(special[1]!, special[2]!);
    else if (header) headers.push([header[1]!, header[2]!]);
    else if (/^[ \t]/.test(text) && headers.length > 0) {
      const [name, value] = headers.pop()!;
      headers.push([name, `${value} ${text.trim()}`]);
    } else throw badCapture(source, `line ${number} is no header. ${expected}`);
  }
  if (headers.length === 0) throw badCapture(source, `it has no headers. ${expected}`);
  const { body, notes } = bodyOf(buffer.subarray(end), headers);
  const target = first?.[2] ?? pseudo.get('path') ?? '/';
  const host = findHeader(headers, 'host') ?? pseudo.get('authority') ?? 'localhost';
  const url = /^https?:\/\//i.test(target) ? target : `${pseudo.get('scheme') ?? 'http'}://${host}${target}`;
  return { request: { method: first?.[1] ?? pseudo.get('method') ?? 'POST', url, headers, body }, at: null, notes };
}

const expected = "A raw capture is headers ('Name: value'), a blank line, and the body.";

function headLines(buffer: Buffer, source: string): { lines: { text: string; number: number }[]; end: number } {
  const lines: { text: string; number: number }[] = [];
  let start = 0;
  for (let number = 1; ; number++) {
    const newline = buffer.indexOf(10, start);
    if (newline < 0 || newline > longestHead) {
      throw badCapture(source, `no blank line separates headers from body. ${expected}`);
    }
    const text = buffer.toString('latin1', start, newline).replace(/\r$/, '');
    start = newline + 1;
    if (/^HTTP\/\d/.test(text) && lines.length === 0) {
      throw badCapture(source, 'this is a response. Capture the request that the provider sent.');
    }
    if (text !== '') lines.push({ text, number });
    else if (lines.length > 0) return { lines, end: start };
  }
}

function bodyOf(rest: Buffer, headers: readonly Header[]): { body: Buffer; notes: string[] } {
  if (/\bchunked\b/i.test(findHeader(headers, 'transfer-encoding') ?? '')) {
    // A tool that shows a request may have joined the chunks already.
    return { body: unchunked(rest) ?? withoutLineEnds(rest), notes: [] };
  }
  const length = Number(findHeader(headers, 'content-length') ?? Number.NaN);
  if (length < rest.length) {
    const after = rest.toString('latin1', length, length + 4096).replace(/^[\r\n]+/, '');
    const isOver = after === '' && /^[\r\n]*$/.test(rest.toString('latin1', length));
    if (isOver) return { body: rest.subarray(0, length), notes: [] };
    if (requestLine.test(after.split(/\r?\n/, 1)[0]!)) {
      return {
        body: rest.subarray(0, length),
        notes: ['The capture holds more than one request; the first was taken.'],
      };
    }
  }
  return { body: rest, notes: lengthNotes(headers, rest.length) };
}

/** Without the line ends that `--dry-run` puts after a body whose length no header tells. */
function withoutLineEnds(rest: Buffer): Buffer {
  let end = rest.length;
  for (let count = 0; count < 2 && rest[end - 1] === 10; count++) end--;
  return rest.subarray(0, end);
}

/** The body of chunked transfer coding; undefined where the bytes are not chunks. */
function unchunked(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf(10, at);
    if (line < 0 || line - at > 1024) return undefined;
    const size = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?\r?$/.exec(bytes.toString('latin1', at, line))?.[1];
    if (size === undefined) return undefined;
    const start = line + 1;
    const end = start + Number.parseInt(size, 16);
    if (end === start) return Buffer.concat(parts);
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(start, end));
    at = bytes[end] === 13 ? end + 2 : end + 1;
  }
}

/** Reads a saved request, whatever its form: HTTP text, HAR, a curl command, or a line of `send --dry-run --json`. Throws a UsageError. */
export function readCapture(bytes: Uint8Array, choice: HarChoice): Capture {
  const { source, entry, nameOf = plainName } = choice;
  if (bytes.length === 0) throw badCapture(source, 'it is empty.');
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (!/^\s*[{[]/.test(text)) {
    if (entry !== undefined) throw badCapture(source, `${nameOf('entry')} chooses from a HAR, and this is none.`);
    return isCurl(bytes) ? fromCurl(bytes, { source }) : fromRawHttp(bytes, source);
  }
  const document = parsed(text) ?? parsed(text.trimStart().split('\n', 1)[0]!);
  const entries = harEntries(document);
  if (entries) return fromHar(entries, choice);
  const capture = fromDryRun(document, source);
  if (capture) return capture;
  throw badCapture(
    source,
    document === undefined ? 'it is neither HTTP text nor JSON. Is the HAR cut?' : 'it is JSON, but no HAR.',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads the request of a line of `send --dry-run --json`; undefined where the value is none. Throws a UsageError. */
function fromDryRun(document: unknown, source: string): Capture | undefined {
  const line = document as { type?: unknown; url?: unknown; request?: Record<string, unknown> } | null;
  if (line?.type !== 'dry-run' || typeof line.request !== 'object' || line.request === null) return undefined;
  const { method, headers, body, bodyBase64 } = line.request;
  const text = typeof body === 'string' ? body : bodyBase64;
  if (typeof text !== 'string' || !isHeaders(headers))
    throw badCapture(source, 'its request has no headers or no body.');
  return {
    request: {
      method: String(method),
      url: String(line.url),
      headers,
      body: Buffer.from(text, typeof body === 'string' ? 'utf8' : 'base64'),
    },
    at: null,
    notes: [],
  };
}

function isHeaders(value: unknown): value is Header[] {
  return (
    Array.isArray(value) &&
    value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === 'string'))
  );
}
