import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Header } from '../core/delivery.js';
import { pairHeaders } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { findHeadProblem } from '../core/headProblem.js';
import type { Incoming } from '../core/listened.js';
import { portError } from '../core/portError.js';
import { readUrl } from '../core/readUrl.js';
import { rejectMalformed } from '../core/rejectMalformed.js';

/** The most bytes of a body; a larger one is answered with 413. */
const maxBody = 32 * 1024 * 1024;
/** Bytes of all bodies that may be on their way at once; what comes above it is answered with 413, too. */
const maxPending = 256 * 1024 * 1024;
const maxHeader = 64 * 1024;
/** Milliseconds in which a request has to be whole. */
const requestLimitMs = 120_000;
/** Milliseconds in which the last answers have to be taken. */
const lastAnswersMs = 1000;

/** An answer to a request, as it is written. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** The reply to a request: an answer, none, or an end of the connection. */
export type Reply = WrittenAnswer | 'timeout' | 'reset';

interface ServerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** The option of the port, as the user writes it. */
  readonly portOption: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onRequest: (request: Incoming) => Promise<Reply>;
}

/** A listener's server while it runs. */
export interface OpenServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a port; every request is read whole and handed over in the order in which it is. Throws a UsageError where the port can't be opened. */
export async function openServer({ host, port, portOption, now, onRequest }: ServerOptions): Promise<OpenServer> {
  const { createServer } = await import('node:http');
  let count = 0;
  let pending = 0;
  const replies = new Set<Promise<void>>();
  const server = createServer(
    { requestTimeout: requestLimitMs, maxHeaderSize: maxHeader, noDelay: true },
    async (message, response) => {
      const problem = findHeadProblem(message);
      if (problem === 'behind another') return;
      const { body, cut } = await readBody(message, (bytes) => {
        const isFree = problem === null && pending + bytes <= maxPending;
        if (isFree) pending += bytes;
        return isFree;
      });
      const request: Incoming = {
        number: ++count,
        at: now(),
        remoteAddress: message.socket.remoteAddress ?? null,
        cut: problem ?? cut,
        method: message.method ?? '',
        url: addressOf(message, `${host}:${port}`),
        headers: pairHeaders(message.rawHeaders),
        body,
      };
      try {
        if (request.cut !== null) response.shouldKeepAlive = false;
        const replying = reply(await onRequest(request), message, response);
        replies.add(replying);
        await replying.finally(() => replies.delete(replying));
      } finally {
        pending -= body.length;
      }
    },
  );
  server.on('clientError', rejectMalformed);
  server.on('connection', (socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => reject(unavailable({ host, port, portOption }, code)));
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Answers reach their sender first, unless it does not read.
        const hurry = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
        Promise.allSettled(replies).then(() => {
          clearTimeout(hurry);
          server.closeAllConnections();
        });
      }),
  };
}

interface ReadBody {
  readonly body: Buffer;
  readonly cut: Incoming['cut'];
}

async function readBody(message: IncomingMessage, take: (bytes: number) => boolean): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let cut: Incoming['cut'] = null;
  try {
    // Who sends too much reads the answer before the connection ends.
    for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (bytes + chunk.length > maxBody || !take(chunk.length)) {
        cut = 'too large';
        break;
      }
      bytes += chunk.length;
      chunks.push(chunk);
    }
  } catch {
    cut = 'broken off';
  }
  return { body: Buffer.concat(chunks), cut };
}

function addressOf({ headers: { host }, url = '/' }: IncomingMessage, own: string): string {
  const named = url.startsWith('/') ? null : readUrl(url);
  const address = `http://${host ?? own}${named ? named.pathname + named.search : url.startsWith('/') ? url : '/'}`;
  return readUrl(address) === null ? `http://${own}/` : address;
}

async function reply(answer: Reply, { socket }: IncomingMessage, response: ServerResponse): Promise<void> {
  // Who waits in vain goes away by itself, or when the listener ends.
  if (answer === 'timeout') return;
  if (answer === 'reset') {
    socket.resetAndDestroy();
    return;
  }
  const { status, headers, body } = answer;
  if (response.destroyed) return;
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, [...headers, ...(hasBody ? [['Content-Length', String(body.length)]] : [])].flat());
  await new Promise<void>((resolve) => {
    response.once('close', resolve).end(hasBody && body.length > 0 ? body : undefined);
  });
}

function unavailable(
  { host, port, portOption }: Pick<ServerOptions, 'host' | 'port' | 'portOption'>,
  code: string | undefined,
): UsageError {
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UsageError('BAD_HOST', `${host} is no address of this machine. Name one that it has, such as 0.0.0.0.`);
  }
  return portError(port, code, `Name another with ${portOption}`);
}
