import type { Socket } from 'node:net';
import type { ProxyPlace } from './proxy.js';
import { ProxyFailure, rejection } from './proxyFailure.js';

const headLimit = 16 * 1024;

/** Asks a proxy on an open socket for a tunnel (CONNECT); resolves when what is written goes to the target. */
export function openTunnel(socket: Socket, proxy: ProxyPlace, authority: string): Promise<void> {
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

/** Whether what came can't become a head any more. */
function isNoAnswer(text: string): boolean {
  return text.length > headLimit || text.includes('\r\n\r\n') || !'HTTP/1.'.startsWith(text.slice(0, 7));
}

/** The status of a whole head; undefined where it is not whole or is none. */
function takeAnswer(text: string): { status: number; rest: string } | undefined {
  const end = text.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r)/.exec(text)?.[1];
  return end < 0 || status === undefined ? undefined : { status: Number(status), rest: text.slice(end + 4) };
}
