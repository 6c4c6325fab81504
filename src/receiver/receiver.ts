import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReceivedRequest } from '../core/delivery.js';
import { pairHeaders } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import type { Verification } from '../verify/verify.js';

/** A received request, and whether its signature is valid. */
export interface Arrival {
  readonly provider: Provider;
  readonly request: ReceivedRequest;
  readonly verification: Verification;
}

export interface ReceiverOptions {
  readonly providers: readonly Provider[];
  /** The secrets with which a provider's deliveries are verified. */
  readonly secrets: (provider: Provider) => readonly string[];
  /** The addresses by which a provider may know it, where these are not its own. */
  readonly knownAs?: ((provider: Provider) => readonly string[]) | undefined;
  /** Milliseconds since 1970, by which the times are judged that providers sign. */
  readonly now: () => number;
  readonly onArrival: (arrival: Arrival) => void;
}

/** The built-in receiver while it runs. */
export interface OpenReceiver {
  /** Returns the address for a provider's deliveries. */
  url(provider: Provider): string;
  close(): Promise<void>;
}

/**
 * Starts the built-in receiver on a free port of the loopback: for what verifies the answer that its provider waits for, 401 for what does
 * not, 404 elsewhere.
 */
export async function openReceiver({
  providers,
  secrets,
  knownAs,
  now,
  onArrival,
}: ReceiverOptions): Promise<OpenReceiver> {
  const [{ createServer }, { answerRequest: answerTo }] = await Promise.all([
    import('node:http'),
    import('./answerRequest.js'),
  ]);
  const server = createServer(async (incoming, response) => {
    const provider = providers.find(({ name }) => incoming.url?.split('?')[0] === `/${name}`);
    const answer = (status: number, content: object) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(content));
    };
    if (!provider) return answer(404, { error: 'no provider of that name' });
    // A sender that goes away in the middle of its body, at its own time limit, is nothing to answer.
    const request = await receive(incoming).catch(() => null);
    if (!request) return;
    const { verification, accepting } = await answerTo(request, {
      provider,
      secrets: secrets(provider),
      addresses: knownAs?.(provider) ?? [],
      now: now(),
    });
    onArrival({ provider, request, verification });
    if (!verification.ok) return answer(401, { error: verification.reason });
    if (accepting === null) return answer(200, { received: true });
    for (const [name, value] of accepting.headers) response.setHeader(name, value);
    response.writeHead(accepting.status).end(accepting.body);
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

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    url: `http://${incoming.headers.host}${incoming.url}`,
    headers: pairHeaders(incoming.rawHeaders),
    body: Buffer.concat(chunks),
  };
}
