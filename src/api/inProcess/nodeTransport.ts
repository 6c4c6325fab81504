import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import { Transport } from '../../transport/transport.js';
import { callName } from '../assertOptions.js';
import { isResponse } from './fetchCall.js';

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

/** The two ends of a connection in memory: one reads the bytes that are written to the other. The far one is the server's. */
function memoryConnection({ secure }: { readonly secure: boolean }): { near: Duplex; far: Duplex } {
  const near = new End();
  const far = new End();
  near.other = far;
  far.other = near;
  // Frameworks recognize https: by this.
  if (secure) Object.assign(far, { encrypted: true });
  return { near, far };
}

type RequestEvent = [request: IncomingMessage, response: ServerResponse];

/**
 * Takes deliveries to an HTTP server that listens nowhere: over connections in memory, with the same bytes as over the wire, which the
 * server's own parser reads. `onHandlerError` takes what its listeners throw, or reject with.
 */
export function nodeTransport(server: Server, onHandlerError: (error: unknown) => void): DeliveryTransport {
  return new Transport({
    route: { nameOf: callName },
    dial: ({ secure }) => {
      const { near, far } = memoryConnection({ secure });
      // The far end's server learns of a failure by the connection's end.
      far.on('error', () => {});
      connect(server, far, (response, code, error) => {
        if (code === 'HANDLER_THREW') onHandlerError(error);
        // What was answered before is heard all the same.
        if (!response.writableEnded) near.destroy(Object.assign(new Error(code), { code }));
      });
      return near;
    },
  });
}

type Failed = (response: ServerResponse, code: 'HANDLER_THREW' | 'NO_RESPONSE', error: unknown) => void;

/**
 * Gives a server a connection. Nothing changes for the server, except that errors of its request listeners are caught; they would end the whole
 * program.
 */
function connect(server: Server, connection: Duplex, failed: Failed): void {
  const view: Server = Object.create(server, {
    emit: {
      value: (name: string, ...args: unknown[]) => {
        if (name !== 'request') return server.emit(name, ...args);
        const [request, response] = args as RequestEvent;
        const listeners = server.listeners('request');
        for (const listener of listeners) listen(() => listener.call(server, request, response), response, failed);
        return listeners.length > 0;
      },
    },
  });
  // Of an https server it is TLS that takes what connects.
  const taken = server.listenerCount('secureConnection') > 0 ? 'secureConnection' : 'connection';
  for (const listener of server.listeners(taken)) listener.call(view, connection);
}

function listen(call: () => unknown, response: ServerResponse, failed: Failed): void {
  const fail = (error: unknown) => failed(response, 'HANDLER_THREW', error);
  const look = (returned: unknown) => {
    if (isResponse(returned)) failed(response, 'NO_RESPONSE', null);
  };
  try {
    const returned = call();
    if (typeof (returned as PromiseLike<unknown> | undefined)?.then === 'function') {
      (returned as PromiseLike<unknown>).then(look, fail);
    } else {
      look(returned);
    }
  } catch (error) {
    fail(error);
  }
}
