import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A request as it reached a receiver, and what TLS told about its sender. */
export interface Reached {
  readonly url: string;
  /** Lower-case names. */
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The server name that TLS asked for; null where none was. */
  readonly servername: string | null;
  /** The common name of the sender's certificate; null where it showed none. */
  readonly sender: string | null;
}

export interface Receiver {
  readonly port: number;
  readonly reached: Reached[];
  /** Connections that it ever took. */
  readonly connections: number;
}

/**
 * A receiver on a free loopback port, or on a unix socket, that takes everything; behind TLS where it has a certificate. Closed when the
 * test ends.
 */
export async function receiver({ path, ...tls }: ServerOptions & { path?: string } = {}): Promise<Receiver> {
  const reached: Reached[] = [];
  let connections = 0;
  const take = async (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const socket = incoming.socket as Partial<TLSSocket>;
    const name = socket.getPeerCertificate?.().subject?.CN;
    reached.push({
      url: incoming.url!,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
      servername: typeof socket.servername === 'string' ? socket.servername : null,
      sender: name === undefined ? null : String(name),
    });
    response.end('ok');
  };
  const server: Server = tls.cert ? createSecureServer(tls, take) : createServer(take);
  server.on('connection', () => connections++);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => (path ? server.listen(path, resolve) : server.listen(0, '127.0.0.1', resolve)));
  onTestFinished(() => {
    (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    server.close();
  });
  return {
    port: path ? 0 : (server.address() as AddressInfo).port,
    reached,
    get connections() {
      return connections;
    },
  };
}
