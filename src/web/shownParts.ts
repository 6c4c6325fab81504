import { createHash } from 'node:crypto';
import type { Attempt } from '../core/attempt.js';
import { findHeader, type Header } from '../core/delivery.js';
import { formatMask } from '../core/fingerprint.js';
import type { KeptHeader } from '../core/logEntry.js';
import type { SecretMask } from '../core/secretMask.js';
import { bodyText } from '../report/shared/bodySize.js';
import type { ShownAttempt, ShownBody, ShownHeader } from './protocol.js';

/** Bytes of a body that the page gets. */
const maxShown = 1024 * 1024;

interface BodyFacts {
  readonly mediaType: string | null;
  /** Bytes of the whole, where there are more than these. */
  readonly bytes?: number;
  readonly isTruncated?: boolean;
  readonly isMasked?: boolean;
  readonly sha256?: string | null;
}

/** A body as the page shows it, without the secrets that it holds. */
export function showBody(body: Uint8Array, facts: BodyFacts, secrets: SecretMask): ShownBody {
  const { mediaType, isTruncated = false, bytes = body.length, sha256 } = facts;
  const clean = secrets.inBytes(body, isTruncated);
  const shown = clean.subarray(0, maxShown);
  const isCut = isTruncated || clean.length > maxShown;
  const text = bodyText(shown, isCut);
  return {
    bytes,
    sha256: sha256 === undefined ? createHash('sha256').update(body).digest('hex') : sha256,
    mediaType,
    text,
    base64: text === null ? Buffer.from(shown).toString('base64') : null,
    missing: null,
    isTruncated: isCut,
    isMasked: facts.isMasked === true || clean !== body,
  };
}

/** Returns the headers of a request or an answer, with secrets masked. */
export function showHeaders(
  headers: readonly (Header | KeptHeader)[],
  secretHeaders: readonly string[],
  from: (name: string) => ShownHeader['from'] = () => null,
): ShownHeader[] {
  return headers.map(([name, value]) => {
    const isSecret = typeof value === 'string' && secretHeaders.includes(name.toLowerCase());
    const text = typeof value !== 'string' ? value.mask : isSecret ? formatMask(value) : value;
    return { name, value: text, isMasked: isSecret || typeof value !== 'string', from: from(name) };
  });
}

/** Returns the media type in headers. */
export function mediaTypeOf(headers: readonly (Header | KeptHeader)[]): string | null {
  const texts = headers.filter((each): each is Header => typeof each[1] === 'string');
  return findHeader(texts, 'content-type') ?? null;
}

/** An attempt as the page shows it. */
export function showAttempt(attempt: Attempt, secrets: SecretMask): ShownAttempt {
  const { number, scheduledAtMs, startedAt, remoteAddress, status, timing, response, error, warnings = [] } = attempt;
  return {
    number,
    scheduledAtMs,
    startedAt,
    remoteAddress,
    status,
    timing,
    response: response && {
      headers: showHeaders(response.headers, []),
      body: showBody(
        response.body,
        {
          mediaType: mediaTypeOf(response.headers),
          bytes: response.bytes,
          isTruncated: response.truncated,
          sha256: null,
        },
        secrets,
      ),
      contentEncoding: response.contentEncoding ?? null,
    },
    error: error && { kind: error.kind, code: error.code, phase: error.phase, message: error.message },
    warnings,
  };
}
