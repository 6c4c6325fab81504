import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Carrier } from '../../transport/carrier.js';
import { Transport } from '../../transport/transport.js';
import { isResponse } from './fetchCall.js';
import { memoryConnection } from './memoryConnection.js';

type RequestEvent = [request: IncomingMessage, response: ServerResponse];

/**
 * Takes deliveries to an HTTP server that listens nowhere: over connections in memory, with the same bytes as over the wire, which the
 * server's own parser reads. `threw` takes what its listeners throw, or reject with.
 */
export function nodeCarrier(server: Server, threw: (error: unknown) => void): Carrier {
  return new Transport({
    dial: ({ secure }) => {
      const { near, far } = memoryConnection({ secure });
      // The far end's server is reported of a failure by the connection's end.
      far.on('error', () => {});
      connect(server, far, (response, code, error) => {
        if (code === 'HANDLER_THREW') threw(error);
        // What was answered before is heard all the same.
        if (!response.writableEnded) near.destroy(Object.assign(new Error(code), { code }));
      });
      return near;
    },
  });
}

type Failed = (response: ServerResponse, code: 'HANDLER_THREW' | 'NO_RESPONSE', error: unknown) => void;

/**
 * Gives a server a connection. The server sees itself as it is but for one thing: what its request listeners throw would end the process,
 * and is caught.
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
