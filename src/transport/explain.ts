import type { AttemptError, Phase } from '../core/attempt.js';
import { formatDuration } from '../core/duration.js';
import type { NameOf } from '../core/errors.js';
import type { PeerLabel } from './endpoint.js';
import { describeTransportError, fillIn } from './errorMeanings.js';
import { ProxyFailure } from './proxy.js';
import { type Circumstances, certificateCode, remedyFor } from './remedyFor.js';

/** Names that are reported, and characters of each: a certificate is text of the receiver's choice. */
const maxNames = 3;
const printableName = /^[A-Za-z0-9*._:-]{1,80}$/;

/** A failed attempt, as far as it is known. */
export interface FailedAttempt {
  readonly error: unknown;
  readonly phase: Phase;
  /** True when any byte of an answer arrived. */
  readonly hasReceivedBytes: boolean;
  /** True when the head of the answer was complete. */
  readonly inBody: boolean;
  readonly place: PeerLabel;
  /** Names the options that would help as the user writes them. */
  readonly nameOf: NameOf;
  /** The certificates that TLS asked for and showed; absent without TLS. */
  readonly circumstances?: Circumstances;
}

const noCircumstances: Circumstances = { isCertificateRequested: false, isCertificateShown: false };

/** undici's names for what a receiver does, in words of ours that outlive it. */
const ownCodes: Record<string, string> = {
  UND_ERR_SOCKET: 'CLOSED_EARLY',
  UND_ERR_HEADERS_OVERFLOW: 'HEADER_TOO_LARGE',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'LENGTH_MISMATCH',
  UND_ERR_DESTROYED: 'STOPPED',
  ERR_ASSERTION: 'NOT_HTTP',
};

/** Codes of a receiver inside this process, which was always reached. */
const inside = new Set(['HANDLER_THREW', 'NO_RESPONSE']);

const breaks = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE']);

/** A failure as a value: what kind it is, and one sentence for a person, without any text of the receiver's. */
export function explainFailure(failed: FailedAttempt): AttemptError {
  const { error, phase, hasReceivedBytes, inBody, place, nameOf, circumstances } = failed;
  if (error instanceof ProxyFailure) {
    return { kind: 'unreachable', code: error.code, phase, message: error.message };
  }
  const reason = parserReason(error);
  const found = reason === null ? codeOf(error) : syntaxCode(reason, inBody, error);
  // Which of these codes reports a close during a large write is chance.
  const reported = phase === 'send' && breaks.has(found) ? 'CLOSED_EARLY' : found;
  const tls = hasReceivedBytes ? noCircumstances : (circumstances ?? noCircumstances);
  const code = certificateCode(reported, tls);
  const sentence = describeTransportError(code, {
    phase,
    place,
    fault: nameOf('fault'),
    reason: reason ? ` (${reason})` : certificateNames(error),
  });
  return {
    kind: hasReceivedBytes || inside.has(code) ? 'broken' : 'unreachable',
    code,
    phase,
    message: sentence + remedyFor(code, tls, nameOf),
  };
}

/** The code of an error. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  if (code === 'UNSPECIFIED') return certificateFault(error);
  // OpenSSL 3.5, of Node 24 on, has another name for the same alerts.
  return typeof code === 'string' ? (ownCodes[code] ?? code.replace('_SSL/TLS_ALERT_', '_SSLV3_ALERT_')) : 'UNKNOWN';
}

/** Returns the code of a certificate fault for which Node has none, by OpenSSL's message. */
function certificateFault(error: unknown): string {
  const { message } = error as Error;
  if (/digest algorithm too weak/.test(message)) return 'MD_TOO_WEAK';
  return /key too weak/.test(message) ? 'KEY_TOO_SMALL' : 'UNSPECIFIED';
}

/** Returns what undici's parser has against an answer, in its own words; null for other errors. */
function parserReason(error: unknown): string | null {
  const { name, message } = error as Error;
  if (name !== 'HTTPParserError') return null;
  const open = message.indexOf('(');
  return open >= 0 && message.endsWith(')') ? message.slice(open + 1, -1) : '';
}

/** SETTINGS or GOAWAY of the whole connection, with which an HTTP/2 server begins (RFC 9113, 4.1). */
const http2Frame = /^\0\0[\s\S][\x04\x07]\0\0\0\0\0/;

function syntaxCode(reason: string, inBody: boolean, error: unknown): string {
  if (reason === 'Invalid EOF state') return 'CLOSED_EARLY';
  if (inBody) return 'INVALID_BODY';
  // The first bytes of a TLS alert or handshake.
  const data = (error as { data?: string }).data ?? '';
  if (/^[\u0015\u0016]\u0003/.test(data)) return 'SPEAKS_TLS';
  if (http2Frame.test(data)) return 'SPEAKS_HTTP2';
  return /^Expected (HTTP|dot|space|CRLF)|version|status/.test(reason) ? 'NOT_HTTP' : 'INVALID_HEADER';
}

const closings = new Set(['CLOSED_EARLY', ...breaks]);

/** Returns whether an error means that the other side closed the connection, orderly or not. */
export function isClose(error: unknown): boolean {
  return closings.has(codeOf(error));
}

const misuse = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']);

/** Returns whether an error means that the request is no valid HTTP. */
export function isMisuse(error: unknown): boolean {
  return misuse.has(codeOf(error));
}

const overdue: Record<Phase, string> = {
  dns: 'the name server did not answer for {host}',
  connect: '{place} did not take the connection{onward}',
  tls: '{place} did not finish the TLS handshake',
  send: '{place} did not take the whole request',
  wait: '{place} did not answer',
  receive: '{place} did not finish its answer',
};

/** A deadline that passed, as a value. */
export function explainTimeout(timeLimitMs: number, { phase, place }: FailedAttempt): AttemptError {
  const message = `${fillIn(overdue[phase], { place, phase, reason: null })} within ${formatDuration(timeLimitMs)}`;
  return { kind: 'timed_out', code: 'TIMED_OUT', phase, message };
}

/** Returns the hosts of the certificate behind an error, as ` (a.example, b.example and 2 more)`; empty where it names none. */
function certificateNames(error: unknown): string {
  const cert = (error as { cert?: { subjectaltname?: unknown; subject?: { CN?: unknown } } })?.cert;
  const alternatives = String(cert?.subjectaltname ?? '').split(', ');
  const named = alternatives.map((text) => /^(?:DNS|IP Address):(.*)$/.exec(text)?.[1] ?? '');
  const names = (named.some(Boolean) ? named : [String(cert?.subject?.CN ?? '')]).filter((name) =>
    printableName.test(name),
  );
  if (names.length === 0) return '';
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  return ` (${names.slice(0, maxNames).join(', ')}${more})`;
}
