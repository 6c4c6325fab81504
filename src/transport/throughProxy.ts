import type { Socket } from 'node:net';
import net from 'node:net';
import type { ConnectionPlan } from './connectionPlan.js';
import { describeTransportError } from './errorMeanings.js';
import { codeOf } from './explain.js';
import { ProxyFailure, type ProxyPlace, rejection } from './proxy.js';
import { secureProxy } from './secure.js';

const headLimit = 16 * 1024;

/** Asks a proxy on an open socket for a tunnel (CONNECT); resolves when what is written goes to the target. */
function openTunnel(socket: Socket, proxy: ProxyPlace, authority: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = '';
    const broken = (what: string) => new ProxyFailure('PROXY_BROKEN', `${proxy.spot.address} ${what}`);
    const end = (error: Error | null) => {
      socket.off('data', read).off('error', fail).off('end', closed).off('close', closed).pause();
      if (error) reject(error);
      else resolve();
    };
    const fail = (error: Error) => end(error);
    const closed = () => end(broken(`closed the connection${proxy.asking.onward} before it was open`));
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      for (let answer = takeAnswer(head); answer; answer = takeAnswer(head)) {
        head = answer.rest;
        if (answer.status >= 200 && answer.status < 300) {
          end(null);
          if (head !== '') socket.unshift(Buffer.from(head, 'latin1'));
          return;
        }
        if (answer.status >= 200) return end(rejection(proxy, answer.status));
      }
      if (isNoAnswer(head)) end(broken('answered with something that is not HTTP/1.1'));
    };
    socket.on('data', read).on('error', fail).on('end', closed).on('close', closed);
    const authorization = proxy.authorization === null ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`);
  });
}

/** Returns whether the received text can't become a head any more. */
function isNoAnswer(text: string): boolean {
  return text.length > headLimit || text.includes('\r\n\r\n') || !'HTTP/1.'.startsWith(text.slice(0, 7));
}

/** The status of a whole head; undefined where it is not whole or is none. */
function takeAnswer(text: string): { status: number; rest: string } | undefined {
  const end = text.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(text)?.[1];
  return end < 0 || status === undefined ? undefined : { status: Number(status), rest: text.slice(end + 4) };
}

/**
 * Connects to a proxy and has it open the tunnel, where the way has one; resolves with the socket that leads on.
 * `connectToName` connects to a proxy that has a name; to another one, `began` takes the socket as soon as there is one. Rejects with a
 * ProxyFailure.
 */
export async function throughProxy(
  { route }: ConnectionPlan,
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
    throw error instanceof ProxyFailure ? error : proxyUnreachable(proxy, error);
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

function proxyUnreachable({ spot }: ProxyPlace, cause: unknown): ProxyFailure {
  const sentence = describeTransportError(codeOf(cause), { phase: 'connect', place: spot, reason: null });
  return new ProxyFailure('PROXY_UNREACHABLE', sentence, { cause });
}
