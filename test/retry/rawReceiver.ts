import type net from 'node:net';
import { fine, rudeServer } from '../support/rude.js';

/** The data of one connection. */
export interface Came {
  readonly chunks: { readonly text: string; readonly atMs: number }[];
  /** Its end: orderly, or an error. */
  ending: string | null;
}

export interface RawReceiver {
  readonly url: string;
  readonly connections: Came[];
}

/** A server that parses nothing, notes each piece with its time and answers each whole request with `answer`. */
export async function rawReceiver(answer = fine, early = false): Promise<RawReceiver> {
  const connections: Came[] = [];
  const start = performance.now();
  const { url } = await rudeServer((socket: net.Socket) => {
    const received: Came = { chunks: [], ending: null };
    connections.push(received);
    socket.on('data', (chunk: Buffer) => {
      received.chunks.push({ text: chunk.toString('latin1'), atMs: performance.now() - start });
      const { head, body, length } = partsOf(received);
      if (early ? received.chunks.length === 1 : head !== null && body.length === length) socket.write(answer);
    });
    socket.on('end', () => {
      received.ending ??= 'end';
    });
    socket.on('error', () => {
      received.ending ??= 'error';
    });
  });
  return { url, connections };
}

/** The head of the only request of a connection, what came of its body, and how long that was to be. */
export function partsOf({ chunks }: Came): { head: string | null; body: string; length: number } {
  const text = chunks.map((chunk) => chunk.text).join('');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? null : text.slice(0, end);
  const length = Number(/^content-length: (\d+)$/im.exec(head ?? '')?.[1]);
  return { head, body: end < 0 ? '' : text.slice(end + 4), length };
}
