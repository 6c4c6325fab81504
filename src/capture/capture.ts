import { findHeader, type Header, type ReceivedRequest } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';

/** A request that somebody saved, with remarks on what was saved. */
export interface Capture {
  readonly request: ReceivedRequest;
  /** When it was recorded, in milliseconds since 1970, where the capture says so. */
  readonly at: number | null;
  readonly notes: readonly string[];
  /** True where the capture does not say to which address the request went. */
  readonly isUrlMadeUp?: boolean;
}

/** One of the requests of a file: what is seen of it before it is chosen. */
export interface CapturedItem {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  /** Reads it whole. Throws a UsageError where that can't be. */
  readonly read: () => Capture;
}

/** The address of a request of which a capture tells none. */
export const unknownUrl = 'http://localhost/';

/** The error for a capture that can't be read; `source` names it for the user. */
export function badCapture(source: string, reason: string): UsageError {
  return new UsageError('BAD_CAPTURE', `${source}: ${reason}`);
}

/** A remark where a body is not as long as its Content-Length says; empty where it is, or none is reported. */
export function lengthNotes(headers: readonly Header[], bytes: number): string[] {
  const length = contentLength(headers);
  if (length === null || length === bytes) return [];
  return [
    `Content-Length says ${length} bytes, and the capture holds ${bytes}: the body is not saved as it was sent (reformatted, cut, with text behind it, or with control characters shown as escapes).`,
  ];
}

/** Returns what Content-Length says; null where it says nothing. */
export function contentLength(headers: readonly Header[]): number | null {
  const written = findHeader(headers, 'content-length')?.trim();
  return written !== undefined && /^\d{1,15}$/.test(written) ? Number(written) : null;
}
