import net from 'node:net';
import { codeOf } from './explain.js';
import { meaningOf } from './meanings.js';
import type { ProxyPlace } from './proxy.js';
import { ProxyFailure } from './proxyFailure.js';
import { secureProxy } from './secure.js';
import { openTunnel } from './tunnel.js';
import type { ConnectionWay } from './way.js';

/**
 * Connects to a proxy and has it open the tunnel, where the way has one; resolves with the socket that leads on.
 * `connectToName` connects to a proxy that has a name; to another one, `began` takes the socket as soon as there is one. Rejects with a
 * ProxyFailure.
 */
export async function throughProxy(
  { route }: ConnectionWay,
  proxy: ProxyPlace,
  connectToName: (() => Promise<net.Socket>) | null,
  began: (socket: net.Socket) => void,
): Promise<net.Socket> {
  let socket: net.Socket | null = null;
  try {
    if (connectToName) {
      const plain = await connectToName();
      socket = proxy.secure ? secureProxy({ host: proxy.host, socket: plain }, route) : plain;
      if (proxy.secure) began(socket);
    } else {
      socket = proxy.secure
        ? secureProxy({ host: proxy.host, port: proxy.port }, route)
        : net.connect(proxy.port, proxy.host);
      began(socket);
    }
    if (socket.connecting || proxy.secure) await ready(socket, proxy.secure ? 'secureConnect' : 'connect');
    if (proxy.tunnel !== null) await openTunnel(socket, proxy, proxy.tunnel);
    return socket;
  } catch (error) {
    throw error instanceof ProxyFailure ? error : unreachable(proxy, error);
  } finally {
    // TLS with the target reads from beneath the socket, whose errors are its own from now on.
    socket?.on('error', () => {});
  }
}

function ready(socket: net.Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    socket.once(event, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function unreachable({ spot }: ProxyPlace, cause: unknown): ProxyFailure {
  const sentence = meaningOf(codeOf(cause), { phase: 'connect', place: spot, reason: null });
  return new ProxyFailure('PROXY_UNREACHABLE', sentence, { cause });
}
