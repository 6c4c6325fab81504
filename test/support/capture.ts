import net from 'node:net';
import { onTestFinished } from 'vitest';

/** A request exactly as it came over the socket. */
export interface Captured {
  /** Request line and header block, as Latin-1 text without the blank line. */
  readonly head: string;
  readonly requestLine: string;
  /** In wire order and letter case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The first header of a name, whatever its case. */
  header(name: string): string | undefined;
}

export interface CaptureServer {
  readonly url: string;
  readonly port: number;
  readonly requests: Captured[];
}

/**
 * A server on a free loopback port that parses nothing but the framing, records each request to the byte and answers
 * with `answer` (raw bytes of an HTTP response; by default 200 with the body "ok"). Closed when the test ends.
 */
export async function captureServer(
  answer: string | ((request: Captured) => string) = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
): Promise<CaptureServer> {
  const requests: Captured[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    let data: Buffer = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      data = Buffer.concat([data, chunk]);
      for (let taken = take(data); taken; taken = take(data)) {
        data = taken.rest;
        requests.push(taken.request);
        socket.write(typeof answer === 'string' ? answer : answer(taken.request), 'latin1');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests };
}

function take(data: Buffer): { request: Captured; rest: Buffer } | undefined {
  const end = data.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = data.subarray(0, end).toString('latin1');
  const [requestLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
  });
  const header = (name: string) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const body = header('transfer-encoding')
    ? unchunk(data.subarray(end + 4))
    : fixed(data.subarray(end + 4), header('content-length'));
  return body && { request: { head, requestLine, headers, body: body.bytes, header }, rest: body.rest };
}

function fixed(data: Buffer, length = '0'): { bytes: Buffer; rest: Buffer } | undefined {
  const size = Number(length);
  return data.length < size ? undefined : { bytes: Buffer.from(data.subarray(0, size)), rest: data.subarray(size) };
}

function unchunk(data: Buffer): { bytes: Buffer; rest: Buffer } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = data.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(data.subarray(at, line).toString('latin1'), 16);
    const end = line + 2 + size + 2;
    if (data.length < end) return undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), rest: data.subarray(end) };
    chunks.push(data.subarray(line + 2, line + 2 + size));
    at = end;
  }
}
