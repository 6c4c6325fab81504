import type { ReceivedRequest } from '../core/delivery.js';

/** Writes a received request as the bytes of HTTP/1.1, with its headers unchanged; a chunked body gets its length instead. */
export function capturedHttp({ method, url, headers, body }: ReceivedRequest): Buffer {
  const { pathname, search } = new URL(url);
  const isChunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const own = headers.filter(([name]) => name.toLowerCase() !== 'transfer-encoding');
  const length = isChunked ? [['Content-Length', String(body.length)] as const] : [];
  const head = [
    `${method} ${pathname}${search} HTTP/1.1`,
    ...[...own, ...length].map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
