import type { Duplex } from 'node:stream';

const answers: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/**
 * Answers a request that `node:http` can't parse, unless something was already answered on its connection, and closes that: for the event
 * `clientError`.
 */
export function rejectMalformed({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  const isFirst = (socket as { readonly bytesWritten?: number }).bytesWritten === 0;
  if (isFirst && socket.writable && code !== 'ECONNRESET') {
    socket.write(`HTTP/1.1 ${answers[code] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
  socket.destroy();
}
