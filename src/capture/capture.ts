import { findHeader, type Header, type ReceivedRequest } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';

/** A saved request, with remarks on its recording. */
export interface Capture {
  readonly request: ReceivedRequest;
  /** The time of recording, in milliseconds since 1970; null where the capture holds none. */
  readonly at: number | null;
  readonly notes: readonly string[];
  /** True where the capture does not say to which address the request went. */
  readonly isUrlMadeUp?: boolean;
}

/** One of the requests of a file, as a list shows it. */
export interface CapturedItem {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  /** Reads the whole request. Throws a UsageError where that can't be done. */
  readonly read: () => Capture;
}

/** The address of a request whose capture holds none. */
export const unknownUrl = 'http://localhost/';

/** The error for a capture that can't be read; `source` names it for the user. */
export function badCapture(source: string, reason: string): UsageError {
  return new UsageError('BAD_CAPTURE', `${source}: ${reason}`);
}

/** Returns a remark where a body's length differs from its Content-Length; empty where it is the same, or the header is missing. */
export function lengthNotes(headers: readonly Header[], bytes: number): string[] {
  const length = contentLength(headers);
  if (length === null || length === bytes) return [];
  return [
    `Content-Length says ${length} bytes, and the capture holds ${bytes}: the body is not saved as it was sent (reformatted, cut, with text behind it, or with control characters shown as escapes).`,
  ];
}

/** Returns the value of Content-Length; null where there is none. */
export function contentLength(headers: readonly Header[]): number | null {
  const written = findHeader(headers, 'content-length')?.trim();
  return written !== undefined && /^\d{1,15}$/.test(written) ? Number(written) : null;
}
