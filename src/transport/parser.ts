import type { Socket } from 'node:net';
import symbols from 'undici/lib/core/symbols.js';

/** What is used of undici's parser, one of which sits on each of its sockets. */
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
