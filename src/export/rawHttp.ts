import { type Delivery, framingHeaders } from '../core/delivery.js';

/** A delivery as the bytes of an HTTP/1.1 request that asks for the connection to be closed, for `nc` and the like. */
export function rawHttp({ method, url, headers, body, framing }: Delivery): Buffer {
  const { host, pathname, search } = new URL(url);
  const isChunked = framing === 'chunked';
  const head = [
    `${method} ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    'connection: close',
    ...[...headers, ...framingHeaders({ method, framing }, body.length)].map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), isChunked ? chunked(body) : body]);
}

function chunked(body: Uint8Array): Buffer {
  const first = body.length === 0 ? [] : [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
  return Buffer.concat([...first, Buffer.from('0\r\n\r\n')]);
}
