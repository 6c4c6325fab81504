import type { Socket } from 'node:net';
import symbols from 'undici/lib/core/symbols.js';
import type { WireWarning } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';
import type { PeerLabel } from './endpoint.js';

/** Milliseconds that a connection may be idle and still be used again. */
export const maxIdleMs = 2000;
/** Milliseconds before the time at which a receiver said it closes an idle connection; from then on it is not used. */
export const reserveMs = 1000;

/** Milliseconds after an answer with these headers during which its connection may be used again. */
export function keptUntil(headers: readonly Header[]): number {
  for (const [name, value] of headers) {
    if (name.length !== 10 || name.toLowerCase() !== 'keep-alive') continue;
    const seconds = /(?:^|[,\s])timeout\s*=\s*(\d+)/i.exec(value)?.[1];
    if (seconds !== undefined) return Math.min(maxIdleMs, Number(seconds) * 1000 - reserveMs);
  }
  return maxIdleMs;
}

/** The used part of undici's parser, one of which is on each of its sockets. */
interface Parser {
  /** 0 until a head is complete. */
  statusCode: number;
  contentLength: string;
  onHeadersComplete(status: number, upgrade: boolean, keepAlive: boolean): number;
  createError(code: number, data: Buffer): Error;
}

const bodiless = new Set([204, 304]);

/**
 * Makes undici's parser on a socket read some answers as RFC 9110 and 9112 do: an unasked `100 Continue` is an interim answer like any
 * other and no reason to close, `101` is left to the exchange, and 204 and 304 are complete whatever length they name. A fault in a
 * header is reported as such and not as a wrong length.
 */
export function correctParser(socket: Socket): void {
  const parser = (socket as Socket & { [symbols.kParser]?: Parser })[symbols.kParser];
  if (!parser) return;
  const { onHeadersComplete, createError } = parser;
  parser.onHeadersComplete = function (status, _upgrade, keepAlive) {
    if (bodiless.has(status)) this.contentLength = '';
    return onHeadersComplete.call(this, status === 100 ? 102 : status, false, keepAlive);
  };
  parser.createError = function (code, data) {
    if (this.statusCode === 0) this.contentLength = '';
    return createError.call(this, code, data);
  };
}

/** Returns whether a connection ended because bytes arrived on it while it was idle, by undici's error. */
export function isStray(error: Error | null | undefined): boolean {
  return error?.message === 'bad response' || error?.name === 'HTTPParserError';
}

/** Returns the warning for the delivery whose answer they followed. */
export function strayBytes({ address }: PeerLabel): WireWarning {
  return {
    code: 'STRAY_BYTES',
    message: `${address} sent more bytes after its answer, when nothing was asked; they were taken for no answer, and the connection was closed`,
  };
}
