import net from 'node:net';
import type { buildConnector } from 'undici';
import { hearOut } from './hearOut.js';
import { lookup } from './lookup.js';
import { usualPort } from './place.js';

/** How long each step to a connection took, in milliseconds; null for one that did not begin. */
export interface Steps {
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
}

type Target = buildConnector.Options;
type Done = (error: Error | null, socket: net.Socket | null) => void;

/** Milliseconds that one address of several may take before the next is tried; Node's own 250 are less than some receivers are away. */
const addressTimeoutMs = 1000;

/** A TCP or TLS connection from its first step on; of a name with IPv6 and IPv4 addresses each is tried. */
export class Connection {
  /** How far it has come; the phase in which a failure happened. */
  phase: 'dns' | 'connect' | 'tls';
  socket: net.Socket | null = null;
  /** `127.0.0.1:3000` or `[::1]:3000`, once TCP is connected. */
  remoteAddress: string | null = null;
  /** Whether writing failed while there was still something to read. */
  cutOff = false;
  private readonly secure: boolean;
  private readonly start = performance.now();
  private looked: number | null = null;
  private connected: number | null = null;
  private ready: number | null = null;
  private abandoned = false;

  /** Calls back once, with the open socket or with the error that ended it. */
  constructor(
    private readonly target: Target,
    private readonly done: Done,
  ) {
    this.secure = target.protocol === 'https:';
    this.phase = net.isIP(target.hostname) ? 'connect' : 'dns';
    const port = target.port === '' ? usualPort(target.protocol) : Number(target.port);
    const address = { host: target.hostname, port, lookup, autoSelectFamilyAttemptTimeout: addressTimeoutMs };
    if (this.secure) this.openTls(address);
    else this.follow(net.connect(address), 'connect');
  }

  get isOpen(): boolean {
    return this.ready !== null;
  }

  /** Bytes that came over it; 0 for TLS, whose handshake counts as nothing said. */
  get bytesRead(): number {
    return this.secure ? 0 : (this.socket?.bytesRead ?? 0);
  }

  /** Closes it half-open. */
  abandon(): void {
    this.abandoned = true;
    this.socket?.destroy();
  }

  /** What its steps took; the one under way until `now`. */
  steps(now: number): Steps {
    const { start, looked, connected, ready } = this;
    const named = !net.isIP(this.target.hostname);
    return {
      dnsMs: named ? (looked ?? now) - start : null,
      connectMs: named && looked === null ? null : (connected ?? now) - (looked ?? start),
      tlsMs: this.secure && connected !== null ? (ready ?? now) - connected : null,
    };
  }

  private openTls(address: net.TcpNetConnectOpts): void {
    import('node:tls').then(
      ({ connect }) => {
        if (this.abandoned) return;
        const { servername, hostname } = this.target;
        const name = servername || (net.isIP(hostname) ? '' : hostname);
        this.follow(connect({ ...address, servername: name, ALPNProtocols: ['http/1.1'] }), 'secureConnect');
      },
      (error: Error) => this.done(error, null),
    );
  }

  private follow(socket: net.Socket, readyEvent: 'connect' | 'secureConnect'): void {
    this.socket = socket;
    socket.setNoDelay(true);
    hearOut(socket, () => {
      this.cutOff = true;
    });
    const fail = (error: Error) => this.done(error, null);
    socket.once('error', fail);
    socket.on('lookup', (error: Error | null) => {
      if (error || this.looked !== null) return;
      this.looked = performance.now();
      this.phase = 'connect';
    });
    socket.once('connect', () => {
      this.connected = performance.now();
      this.phase = 'tls';
      this.remoteAddress = remoteAddress(socket);
    });
    socket.once(readyEvent, () => {
      this.ready = performance.now();
      socket.off('error', fail);
      this.done(null, socket);
    });
  }
}

function remoteAddress(socket: net.Socket): string | null {
  if (!socket.remoteAddress) return null;
  const host = socket.remoteFamily === 'IPv6' ? `[${socket.remoteAddress}]` : socket.remoteAddress;
  return `${host}:${socket.remotePort}`;
}
