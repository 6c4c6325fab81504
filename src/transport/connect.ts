import net from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';

/** An open connection, and how long each step to it took. */
export interface Connection {
  readonly socket: net.Socket;
  readonly dnsMs: number | null;
  readonly connectMs: number;
  readonly tlsMs: number | null;
}

/** How far opening a connection has come; the phase in which a failure happened. */
export type ConnectPhase = 'dns' | 'connect' | 'tls';

/** A connection that is being opened. */
export interface Connecting {
  phase: ConnectPhase;
  /** Closes the half-open socket, when the deadline passes. */
  abandon(): void;
}

type Target = buildConnector.Options;

/**
 * Opens a TCP or TLS connection and measures its steps; `localhost` is tried on IPv6 and IPv4.
 * Calls back once, with the connection or with the error that ended it.
 */
export function openConnection(
  target: Target,
  done: (error: Error | null, connection: Connection | null) => void,
): Connecting {
  const start = performance.now();
  let socket: net.Socket | undefined;
  let abandoned = false;
  const connecting: Connecting = {
    phase: net.isIP(target.hostname) ? 'connect' : 'dns',
    abandon() {
      abandoned = true;
      socket?.destroy();
    },
  };
  let looked: number | undefined;
  let connected = start;

  const open = (made: net.Socket, readyEvent: 'connect' | 'secureConnect') => {
    socket = made;
    socket.setNoDelay(true);
    const fail = (error: Error) => done(error, null);
    socket.once('error', fail);
    socket.on('lookup', (error: Error | null) => {
      if (error) return;
      looked ??= performance.now();
      connecting.phase = 'connect';
    });
    socket.once('connect', () => {
      connected = performance.now();
      connecting.phase = 'tls';
    });
    socket.once(readyEvent, () => {
      made.off('error', fail);
      done(null, {
        socket: made,
        dnsMs: net.isIP(target.hostname) || looked === undefined ? null : looked - start,
        connectMs: connected - (looked ?? start),
        tlsMs: readyEvent === 'secureConnect' ? performance.now() - connected : null,
      });
    });
  };

  const address = { host: target.hostname, port: Number(target.port) || (target.protocol === 'https:' ? 443 : 80) };
  if (target.protocol === 'https:') {
    import('node:tls').then(
      ({ connect }) => {
        if (abandoned) return;
        const servername = target.servername || (net.isIP(target.hostname) ? '' : target.hostname);
        const made: TLSSocket = connect({ ...address, servername, ALPNProtocols: ['http/1.1'] });
        open(made, 'secureConnect');
      },
      done as (error: Error) => void,
    );
  } else {
    open(net.connect(address), 'connect');
  }
  return connecting;
}

/** `127.0.0.1:3000` or `[::1]:3000`; null for a socket without an address. */
export function remoteAddress(socket: net.Socket): string | null {
  if (!socket.remoteAddress) return null;
  const host = socket.remoteFamily === 'IPv6' ? `[${socket.remoteAddress}]` : socket.remoteAddress;
  return `${host}:${socket.remotePort}`;
}
