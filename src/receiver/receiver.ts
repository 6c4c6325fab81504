import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Header } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import type { ReceivedRequest } from '../delivery/receivedRequest.js';
import { type Verification, verifyAsync } from '../delivery/verify.js';

/** What arrived, and whether its signature holds. */
export interface Arrival {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  readonly verification: Verification;
}

export interface ReceiverOptions {
  readonly providers: readonly Provider[];
  /** The secrets with which a provider's deliveries are verified. */
  readonly secrets: (provider: Provider) => readonly string[];
  readonly onArrival: (arrival: Arrival) => void;
  /** The address by which a provider knows it, where that is not the one that it listens at. */
  readonly publicUrl?: (provider: Provider) => string | undefined;
}

/** The built-in receiver while it runs. */
export interface Receiver {
  /** Where a provider's deliveries go. */
  url(provider: Provider): string;
  close(): Promise<void>;
}

/** Starts the built-in receiver on a free port of the loopback: 200 for what verifies, 401 for what does not, 404 elsewhere. */
export async function startReceiver({ providers, secrets, onArrival, publicUrl }: ReceiverOptions): Promise<Receiver> {
  const { createServer } = await import('node:http');
  const server = createServer(async (incoming, response) => {
    const [path, query] = (incoming.url ?? '').split('?', 2);
    const provider = providers.find(({ name }) => path === `/${name}`);
    const answer = (status: number, content: object) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(content));
    };
    if (!provider) return answer(404, { error: 'no provider of that name' });
    // A sender that goes away in the middle of its body, at its own time limit, is nothing to answer.
    const request = await receive(incoming).catch(() => null);
    if (!request) return;
    const known = publicUrl?.(provider);
    const url = known === undefined ? request.url : joined(known, query);
    const verification = await verifyAsync(provider, { ...request, url }, secrets(provider));
    onArrival({ provider, request, verification });
    if (verification.ok) answer(200, { received: true });
    else answer(401, { error: verification.reason });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: ({ name }) => `http://127.0.0.1:${port}/${name}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An address with the query that a request had behind it. */
function joined(url: string, query: string | undefined): string {
  return query === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers: Header[] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2)
    headers.push([incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!]);
  return {
    method: incoming.method ?? '',
    url: `http://${incoming.headers.host}${incoming.url}`,
    headers,
    body: Buffer.concat(chunks),
  };
}
