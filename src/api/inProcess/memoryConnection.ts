import { Duplex } from 'node:stream';

/** One end of a connection inside of this process, with as much of a socket about it as HTTP servers and frameworks look at. */
class End extends Duplex {
  other!: End;
  bytesRead = 0;
  readonly remoteAddress = '127.0.0.1';
  readonly remoteFamily = 'IPv4';
  readonly remotePort = 0;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 0;
  private taken: (() => void) | null = null;

  override _read(): void {
    const taken = this.taken;
    this.taken = null;
    taken?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const { other } = this;
    other.bytesRead += chunk.length;
    if (other.destroyed || other.push(chunk)) done();
    else other.taken = done;
  }

  override _final(done: () => void): void {
    this.other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    this._read();
    // What was said before is heard first, as with a real connection.
    setImmediate(() => {
      if (!other.destroyed && !other.readableEnded) other.push(null);
      if (!other.destroyed) other.end();
    });
    done(error);
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  address(): object {
    return {};
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }
}

/** The two ends of a connection without any socket: what is written to one is read from the other. The far one is the server's. */
export function memoryConnection({ secure }: { readonly secure: boolean }): { near: Duplex; far: Duplex } {
  const near = new End();
  const far = new End();
  near.other = far;
  far.other = near;
  // By this frameworks tell https:.
  if (secure) Object.assign(far, { encrypted: true });
  return { near, far };
}
