import type { Header } from '../core/delivery.js';
import { badCapture, type Capture } from './capture.js';

/** Reads the request of a line of `send --dry-run --json`; undefined where the value is none. Throws a UsageError. */
export function fromDryRun(document: unknown, source: string): Capture | undefined {
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
