import net from 'node:net';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';

/** A server's behaviour on one connection. */
export type Manners = (socket: net.Socket) => void;

export interface RudeServer {
  readonly url: string;
  readonly port: number;
  /** Connections that it ever took. */
  readonly connections: number;
  /** Closes it before the test ends. */
  close(): Promise<void>;
}

/** A server on a free loopback port that treats each connection as told. Closed, and all its sockets with it, when the test ends. */
export async function rudeServer(manners: Manners): Promise<RudeServer> {
  return listen(net.createServer(manners), 'http');
}

/** The same behind TLS, with a certificate and its key as PEM. */
export async function rudeTlsServer(identity: { cert: string; key: string }, manners: Manners): Promise<RudeServer> {
  const server = tls.createServer(identity, manners);
  server.on('tlsClientError', () => {});
  return listen(server, 'https');
}

async function listen(server: net.Server, scheme: string): Promise<RudeServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on('connection', (socket: net.Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket: tls.TLSSocket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    get connections() {
      return connections;
    },
    close,
  };
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const lengthOf = (head: string) => Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);

/** Reads whole requests and does the same for each. */
export function onRequest(then: Manners): Manners {
  return (socket) => {
    let head = '';
    let left = 0;
    socket.on('data', (chunk: Buffer) => {
      let at = 0;
      while (at < chunk.length) {
        if (left === 0) {
          const before = head.length;
          head += chunk.toString('latin1', at);
          const end = head.indexOf('\r\n\r\n');
          if (end < 0) return;
          at += end + 4 - before;
          left = lengthOf(head.slice(0, end));
          head = '';
        }
        const taken = Math.min(left, chunk.length - at);
        at += taken;
        left -= taken;
        if (left === 0) then(socket);
      }
    });
  };
}

/** Writes these bytes (Latin-1 where text) after each request; closes then, if told to. */
export function answering(answer: string | Buffer, close: 'keep' | 'close' | 'reset' = 'keep'): Manners {
  return onRequest((socket) => {
    socket.write(answer, 'latin1', () => {
      if (close === 'close') socket.end();
      // What was written would be lost on the way if the reset came at once.
      if (close === 'reset') setTimeout(() => socket.resetAndDestroy(), 30);
    });
  });
}

/** Writes a piece again and again, each time that `everyMs` passed; after a beginning. */
export function dripping(beginning: string, piece: string, everyMs = 20): Manners {
  return onRequest((socket) => {
    socket.write(beginning, 'latin1');
    const timer = setInterval(() => socket.write(piece, 'latin1'), everyMs);
    socket.on('close', () => clearInterval(timer));
  });
}

/** Writes a piece without end, as fast as it is taken; or until about as many bytes are written, and then nothing. */
export function flooding(beginning: string, piece: string | Buffer, maxBytes = Number.POSITIVE_INFINITY): Manners {
  return onRequest((socket) => {
    socket.write(beginning, 'latin1');
    const more = () => {
      while (!socket.destroyed && socket.bytesWritten < maxBytes && socket.write(piece, 'latin1'));
    };
    socket.on('drain', more);
    more();
  });
}

/** An answer that is right in every way, to be changed in one. */
export const fine = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A server of good manners, for comparison. */
export const polite = answering(fine);
