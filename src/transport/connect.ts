import net from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import type { ConnectionPlan } from './connectionPlan.js';
import { keepReadableAfterWriteError, StepWatch } from './connectionSteps.js';
import { connectToName } from './connectToName.js';
import type { PeerLabel } from './endpoint.js';
import type { ProxyPlace } from './proxy.js';

type Done = (error: Error | null, socket: net.Socket | null) => void;

/**
 * A connection from its first step on: TCP or a unix socket, a proxy and its tunnel, TLS; of a name with IPv6 and IPv4 addresses each is
 * tried. Through a proxy, the name is the proxy's, and it is connected when the way to the target is open.
 */
export class Connection {
  /** The step in progress; the phase of a failure. */
  phase: 'dns' | 'connect' | 'tls';
  /** Whom a failure now would be about. */
  spot: PeerLabel;
  socket: net.Socket | null = null;
  /** `127.0.0.1:3000` or `[::1]:3000`, once TCP is connected; the proxy's where there is one. */
  remoteAddress: string | null = null;
  /** True when writing failed while there was still something to read. */
  cutOff = false;
  /** Null where no step is taken, for the receiver is inside. */
  readonly watch: StepWatch | null;
  private readBefore = 0;
  private abandoned = false;
  private readonly ended = new AbortController();

  /** Calls back once, with the open socket or with the error that ended it; `asked` is the name in the Host header, if any. */
  constructor(
    private readonly way: ConnectionPlan,
    private readonly hostName: string | null,
    private readonly done: Done,
  ) {
    this.watch = way.dial ? null : new StepWatch(way.named, way.place.secure);
    this.phase = way.named ? 'dns' : 'connect';
    this.spot = way.proxy?.spot ?? way.spot;
    if (way.dial) this.openInside(way.dial(way.place));
    else if (way.proxy) this.openThrough(way.proxy).catch(this.fail);
    else if (way.named) this.openNamed().catch(this.fail);
    else if (way.place.secure) this.openTls(way.first).catch(this.fail);
    else {
      const socket = net.connect(way.first);
      this.begin(socket);
      this.hold(socket, 'connect');
    }
  }

  get isOpen(): boolean {
    return this.watch?.isReady ?? true;
  }

  /** Bytes received since it was open; 0 for TLS, whose handshake does not count as an answer. */
  get bytesRead(): number {
    const { socket } = this;
    return !socket || 'encrypted' in socket ? 0 : socket.bytesRead - this.readBefore;
  }

  /** Closes it half-open. */
  abandon(): void {
    this.abandoned = true;
    this.ended.abort();
    this.socket?.destroy();
  }

  private readonly fail = (error: Error) => {
    if (!this.abandoned) this.done(error, null);
  };

  private openInside(connection: Duplex): void {
    // undici needs no more of a socket than this.
    const socket = connection as net.Socket;
    this.socket = socket;
    keepReadableAfterWriteError(socket, this.cut);
    queueMicrotask(() => this.open(socket));
  }

  private async openNamed(): Promise<void> {
    const socket = await this.connectToName();
    if (this.way.place.secure) return this.openTls({ socket });
    keepReadableAfterWriteError(socket, this.cut);
    this.open(socket);
  }

  /** Connects to the first place of a way by its name. */
  private async connectToName(): Promise<net.Socket> {
    const looked = () => {
      this.watch!.lookUp();
      this.phase = 'connect';
    };
    const { host, port } = this.way.first as { host: string; port: number };
    const socket = await connectToName({ host, port, signal: this.ended.signal, looked });
    this.socket = socket;
    socket.setNoDelay(true);
    this.connected(socket);
    return socket;
  }

  private async openTls(base: ConnectionOptions): Promise<void> {
    const { secureTarget } = await import('./secure.js');
    if (this.abandoned) return;
    const socket = secureTarget(base, this.way, this.hostName);
    if (!base.socket) this.begin(socket);
    this.hold(socket, 'secureConnect');
  }

  private async openThrough(proxy: ProxyPlace): Promise<void> {
    const { throughProxy } = await import('./throughProxy.js');
    if (this.abandoned) return;
    const named = this.way.named ? () => this.connectToName() : null;
    const socket = await throughProxy(this.way, proxy, named, (first) => this.begin(first));
    this.connect();
    if (this.way.place.secure) return this.openTls({ socket });
    keepReadableAfterWriteError(socket, this.cut);
    this.open(socket);
  }

  /** Watches the first socket. */
  private begin(socket: net.Socket): void {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.once('connect', () => this.connected(socket));
  }

  private connected(socket: net.Socket): void {
    const { proxy } = this.way;
    this.remoteAddress = remoteAddress(socket);
    if (proxy) this.spot = proxy.asking;
    else this.connect();
  }

  /** The way to the target is open; TLS comes next. */
  private connect(): void {
    this.watch!.connect();
    this.phase = 'tls';
    this.spot = this.way.spot;
  }

  /** Waits for the last socket. */
  private hold(socket: net.Socket, readyEvent: 'connect' | 'secureConnect'): void {
    this.socket = socket;
    keepReadableAfterWriteError(socket, this.cut);
    socket.once('error', this.fail);
    socket.once(readyEvent, () => {
      socket.off('error', this.fail);
      this.open(socket);
    });
  }

  private open(socket: net.Socket): void {
    this.watch?.finish();
    this.readBefore = socket.bytesRead;
    this.done(null, socket);
  }

  private readonly cut = () => {
    this.cutOff = true;
  };
}

function remoteAddress(socket: net.Socket): string | null {
  if (!socket.remoteAddress) return null;
  const host = socket.remoteFamily === 'IPv6' ? `[${socket.remoteAddress}]` : socket.remoteAddress;
  return `${host}:${socket.remotePort}`;
}
