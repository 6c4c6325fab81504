import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';

/** A request to a proxy. */
export interface Asked {
  /** `POST http://host:port/path` or `CONNECT host:port`. */
  readonly line: string;
  /** In wire order and letter case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  header(name: string): string | undefined;
}

export interface ProxyServer {
  readonly port: number;
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly asked: Asked[];
}

export interface ProxyManners {
  /** Makes it an HTTPS proxy. */
  readonly identity?: { readonly cert: string; readonly key: string };
  /** `user:password` that it asks for. */
  readonly credentials?: string;
  /** A whole answer, in place of what it is asked for. */
  readonly answer?: string;
}

/**
 * A proxy on a free loopback port that records what it is asked for. It looks no name up: whatever the host, it connects to
 * 127.0.0.1. Closed when the test ends.
 */
export async function proxyServer({ identity, credentials, answer }: ProxyManners = {}): Promise<ProxyServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Duplex>();
  const rejection = (incoming: IncomingMessage): string | null => {
    const { rawHeaders: raw, method, url } = incoming;
    const headers = raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1]!]] : []));
    const header = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1];
    asked.push({ line: `${method} ${url}`, headers, header });
    const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (expected && header('proxy-authorization') !== expected) {
      return 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n';
    }
    return answer ?? null;
  };
  const keep = <T extends Duplex>(socket: T): T => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const pass = (incoming: IncomingMessage, response: ServerResponse) => {
    const rejected = rejection(incoming);
    if (rejected !== null) return void incoming.socket.write(rejected, 'latin1');
    const { port, pathname, search } = new URL(incoming.url!);
    const { rawHeaders: raw, method } = incoming;
    const headers = raw.filter((_, i) => !/^proxy-/i.test(raw[i - (i % 2)]!));
    const onward = request(
      { host: '127.0.0.1', port, path: pathname + search, method: method!, headers },
      (answered) => {
        response.writeHead(answered.statusCode!, answered.rawHeaders);
        answered.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  };
  const tunnel = (incoming: IncomingMessage, socket: Duplex, first: Buffer) => {
    const rejected = rejection(incoming);
    keep(socket);
    if (rejected !== null) return void socket.end(rejected, 'latin1');
    const onward = keep(net.connect(Number(incoming.url!.split(':').at(-1)), '127.0.0.1'));
    onward.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(first);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'));
  };
  const server = identity ? createSecureServer(identity, pass) : createServer(pass);
  server.on('connect', tunnel);
  server.on('connection', keep);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return { port, host: `127.0.0.1:${port}`, asked };
}
