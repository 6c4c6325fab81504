import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A receiver's action on one request. */
export type Move = number | 'drop' | 'hang' | { readonly status: number; readonly afterMs: number };

export interface Scripted {
  readonly url: string;
  /** Body and headers of each request that came whole, in order. */
  readonly requests: { readonly body: string; readonly headers: readonly string[] }[];
}

/**
 * A receiver on a free loopback port that answers by a script: the n-th request by its n-th move (a status, at once or late; `drop` closes
 * the connection, `hang` never answers), the last one for all that follow. Closed when the test ends.
 */
export async function scripted(...moves: Move[]): Promise<Scripted> {
  return answering((_, at) => moves[Math.min(at, moves.length - 1)]!);
}

/** The same by a function of the body and of how many requests came before. */
export async function answering(moveFor: (body: string, at: number) => Move): Promise<Scripted> {
  const requests: { body: string; headers: readonly string[] }[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      // Cut off: what did not come whole is no request.
      return;
    }
    const body = Buffer.concat(chunks).toString();
    requests.push({ body, headers: incoming.rawHeaders });
    act(moveFor(body, requests.length - 1), incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, requests };
}

function act(move: Move, incoming: IncomingMessage, response: ServerResponse): void {
  if (move === 'hang') return;
  if (move === 'drop') incoming.socket.destroy();
  else if (typeof move === 'number') response.writeHead(move).end();
  else setTimeout(() => response.writeHead(move.status).end(), move.afterMs);
}
